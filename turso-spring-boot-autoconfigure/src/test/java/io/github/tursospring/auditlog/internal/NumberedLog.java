package io.github.tursospring.auditlog.internal;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.netty.http.client.HttpClient;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.internal.http.AuditLogEndpoint;
import io.github.tursospring.auditlog.internal.http.RetryPolicy;
import io.github.tursospring.auditlog.internal.http.TursoServer;
import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockLog;
import io.github.tursospring.mock.MockRequest;
import io.github.tursospring.mock.MockResponse;
import io.github.tursospring.mock.MockTursoServer;

/**
 * A {@link MockTursoServer} whose log holds numbered entries, and endpoints that read it.
 */
public final class NumberedLog implements AfterAllCallback {

	private final MockTursoServer server = MockTursoServer.builder()
		.token(TursoServer.TOKEN)
		.organization("acme")
		.organization("other")
		.start();

	/**
	 * Reset the server, and fill the log of the organization acme.
	 * @param rows the number of entries
	 */
	public void reset(int rows) {
		this.server.reset();
		log().addNumbered(rows);
	}

	/**
	 * Insert entries after each page.
	 * @param growth the number of entries
	 */
	public void growBy(int growth) {
		log().afterEachPage((log) -> log.addNumbered(growth));
	}

	/**
	 * Answer the next requests with the given responses.
	 * @param responses the responses
	 */
	public void enqueue(MockResponse... responses) {
		this.server.enqueue(responses);
	}

	/**
	 * Answer every request with the given response.
	 * @param response the response
	 */
	public void respond(MockResponse response) {
		log().respond(response);
	}

	/**
	 * Answer each request for a page with the given response, whatever else is requested.
	 * @param page the number of the page
	 * @param response the response
	 */
	void respondToPage(int page, MockResponse response) {
		log().respondWhen((request) -> String.valueOf(page).equals(request.parameter("page")), response);
	}

	/**
	 * Return the log of the organization acme.
	 * @return the log
	 */
	public MockLog log() {
		return this.server.log();
	}

	/**
	 * Return the number of requests since the last reset.
	 * @return the number
	 */
	public int requests() {
		return this.server.requests().size();
	}

	/**
	 * Return the requests since the last reset.
	 * @return the requests
	 */
	public List<MockRequest> received() {
		return this.server.requests();
	}

	/**
	 * Return the requests since the last reset, as paths with their queries.
	 * @return the requests
	 */
	List<String> requested() {
		return this.server.requests().stream().map(NumberedLog::target).toList();
	}

	private static String target(MockRequest request) {
		List<String> parameters = request.parameters()
			.entrySet()
			.stream()
			.map((parameter) -> parameter.getKey() + "=" + String.join(",", parameter.getValue()))
			.sorted()
			.toList();
		return request.path() + "?" + String.join("&", parameters);
	}

	/**
	 * Return the base URL of the server.
	 * @return the URL
	 */
	public String baseUrl() {
		return this.server.baseUrl().toString();
	}

	/** Return an endpoint that reads from the server. */
	AuditLogEndpoint endpoint(RetryPolicy retryPolicy) {
		return endpoint(TursoServer.httpClient(), retryPolicy);
	}

	/** Return an endpoint that reads from the server through an HTTP client. */
	AuditLogEndpoint endpoint(HttpClient httpClient, RetryPolicy retryPolicy) {
		return TursoServer.endpoint(baseUrl(), httpClient, retryPolicy);
	}

	/** Return the numbers of entries. */
	static List<Integer> numbers(List<AuditLog> entries) {
		return entries.stream().map((entry) -> Integer.valueOf(String.valueOf(entry.message()))).toList();
	}

	/** Return the numbers from one down to another, both inclusive. */
	static List<Integer> numbersDown(int from, int to) {
		return IntStream.rangeClosed(to, from).map((number) -> from + to - number).boxed().toList();
	}

	/** Return the time of the entry of a number. */
	static Instant time(int number) {
		return Objects.requireNonNull(MockEntry.numbered(number).createdAt());
	}

	@Override
	public void afterAll(ExtensionContext context) {
		this.server.close();
	}

}
