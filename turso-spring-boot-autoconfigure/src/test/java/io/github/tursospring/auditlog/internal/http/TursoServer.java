package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.Extension;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A server in the place of Turso's, and endpoints that ask it. Forgets its answers and
 * requests after each test.
 */
public final class TursoServer extends WireMockExtension {

	/** What the tests' endpoints send as API token. */
	public static final String TOKEN = "tkn0fTheTests";

	/** How long a test waits for what must happen at all. */
	public static final Duration PATIENCE = Duration.ofSeconds(30);

	/** Never asks again. */
	public static final RetryPolicy NO_RETRIES = retries(0);

	private static final int MAX_RESPONSE_SIZE = 16 * 1024 * 1024;

	/**
	 * Create a new server.
	 * @param extensions what answers besides stubs
	 */
	public TursoServer(Extension... extensions) {
		super(extensionOptions().options(WireMockConfiguration.options().dynamicPort().extensions(extensions)));
	}

	/**
	 * Return a policy of some retries, each after a millisecond.
	 * @param maxRetries how many
	 * @return the policy
	 */
	public static RetryPolicy retries(int maxRetries) {
		Duration tiny = Duration.ofMillis(1);
		return new RetryPolicy(maxRetries, tiny, 1, tiny, Duration.ofSeconds(5));
	}

	/**
	 * Return a client that keeps no connection and leaves every retry to the endpoint.
	 * @return the client
	 */
	public static HttpClient httpClient() {
		return HttpClient.newConnection()
			.disableRetry(true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5000)
			.responseTimeout(Duration.ofSeconds(10));
	}

	/**
	 * Answer every request for the log of the organization acme.
	 * @param response the answer
	 */
	public void answers(ResponseDefinitionBuilder response) {
		stubFor(request().willReturn(response));
	}

	/**
	 * Return a request for the log of the organization acme, to be given an answer.
	 * @return the request
	 */
	public static MappingBuilder request() {
		return WireMock.get(WireMock.urlPathEqualTo("/v1/organizations/acme/audit-logs"));
	}

	/**
	 * Return a page without entries.
	 * @return the answer
	 */
	public static ResponseDefinitionBuilder emptyPage() {
		return WireMock.okJson("""
				{"audit_logs": [], "pagination": {"page": 1, "page_size": 10, "total_pages": 0, "total_rows": 0}}""");
	}

	/**
	 * Return how many requests have been made.
	 * @return the number
	 */
	public int requests() {
		return getAllServeEvents().size();
	}

	/**
	 * Return an endpoint that asks this server.
	 * @param retryPolicy when it asks again
	 * @return the endpoint
	 */
	public AuditLogEndpoint endpoint(RetryPolicy retryPolicy) {
		return endpoint(httpClient(), retryPolicy);
	}

	/**
	 * Return an endpoint that asks this server.
	 * @param httpClient what it asks through
	 * @param retryPolicy when it asks again
	 * @return the endpoint
	 */
	public AuditLogEndpoint endpoint(HttpClient httpClient, RetryPolicy retryPolicy) {
		return endpoint(baseUrl(), httpClient, retryPolicy);
	}

	/**
	 * Return an endpoint that asks any server.
	 * @param baseUrl the server's URL
	 * @param httpClient what it asks through
	 * @param retryPolicy when it asks again
	 * @return the endpoint
	 */
	public static AuditLogEndpoint endpoint(String baseUrl, HttpClient httpClient, RetryPolicy retryPolicy) {
		WebClient webClient = WebClient.builder()
			.baseUrl(baseUrl)
			.clientConnector(new ReactorClientHttpConnector(httpClient))
			.build();
		return new AuditLogEndpoint(webClient, TOKEN, retryPolicy, MAX_RESPONSE_SIZE);
	}

}
