package io.github.tursospring.sample.turso;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers requests as Turso's API does: its endpoints, its JSON, its errors.
 */
final class TursoApiHandler implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

	private static final int DEFAULT_PAGE_SIZE = 100;

	private static final int MAX_PAGE_SIZE = 1000;

	private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,8}");

	private final JsonMapper jsonMapper = new JsonMapper();

	private final AtomicLong requests = new AtomicLong();

	private final String authorization;

	private final String auditLogsPath;

	private final AuditLogStore store;

	TursoApiHandler(String token, String organization, AuditLogStore store) {
		this.authorization = "Bearer " + token;
		this.auditLogsPath = "/v1/organizations/" + organization + "/audit-logs";
		this.store = store;
	}

	long requests() {
		return this.requests.get();
	}

	@Override
	public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
		this.requests.incrementAndGet();
		Answer answer = answer(request);
		return response.status(answer.status())
			.header(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
			.sendByteArray(Mono.just(this.jsonMapper.writeValueAsBytes(answer.body())));
	}

	private Answer answer(HttpServerRequest request) {
		if (!this.authorization.equals(request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION))) {
			return Answer.error(HttpResponseStatus.UNAUTHORIZED, "token is invalid or expired");
		}
		if (!request.method().equals(HttpMethod.GET)) {
			return Answer.error(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET is allowed here");
		}
		QueryStringDecoder uri = new QueryStringDecoder(request.uri());
		if (uri.path().equals("/v1/auth/validate")) {
			return Answer.ok(Map.of("exp", -1));
		}
		if (!uri.path().equals(this.auditLogsPath)) {
			return Answer.error(HttpResponseStatus.NOT_FOUND, "could not find " + uri.path());
		}
		try {
			int page = positive("page", 1, uri);
			int pageSize = positive("page_size", DEFAULT_PAGE_SIZE, uri);
			return Answer.ok(this.store.page(page, Math.min(pageSize, MAX_PAGE_SIZE)));
		}
		catch (IllegalArgumentException ex) {
			return Answer.error(HttpResponseStatus.BAD_REQUEST, String.valueOf(ex.getMessage()));
		}
	}

	private static int positive(String name, int defaultValue, QueryStringDecoder uri) {
		String value = uri.parameters().getOrDefault(name, List.of(String.valueOf(defaultValue))).get(0);
		if (!POSITIVE.matcher(value).matches()) {
			throw new IllegalArgumentException(name + " must be a positive integer, not '" + value + "'");
		}
		return Integer.parseInt(value);
	}

	/**
	 * What to answer.
	 *
	 * @param status the status
	 * @param body the body, to be written as JSON
	 */
	private record Answer(HttpResponseStatus status, Object body) {

		static Answer ok(Object body) {
			return new Answer(HttpResponseStatus.OK, body);
		}

		static Answer error(HttpResponseStatus status, String error) {
			return new Answer(status, Map.of("error", error));
		}

	}

}
