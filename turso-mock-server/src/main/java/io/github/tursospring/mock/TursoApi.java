package io.github.tursospring.mock;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.mock.MockResponse.Body;

/**
 * Turso's API: its endpoints, its JSON, its errors.
 */
final class TursoApi {

	private static final Pattern AUDIT_LOGS = Pattern.compile("/v1/organizations/([^/]+)/audit-logs");

	private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,8}");

	private final String authorization;

	private final Map<String, MockLog> logs;

	TursoApi(String token, Map<String, MockLog> logs) {
		this.authorization = "Bearer " + token;
		this.logs = logs;
	}

	/**
	 * Respond to a request.
	 * @param request the request
	 * @param authorization the value of its authorization header
	 * @return the response, which has a body
	 */
	MockResponse answer(MockRequest request, @Nullable String authorization) {
		MockLog log = log(request.path());
		MockResponse response = (log != null) ? log.nextResponse(request) : MockResponse.page();
		return (response.body() != null) ? response : response.body(usual(request, authorization, log));
	}

	private Body usual(MockRequest request, @Nullable String authorization, @Nullable MockLog log) {
		if (!this.authorization.equals(authorization)) {
			return error(401, "token is invalid or expired");
		}
		if (!request.method().equals("GET")) {
			return error(405, "only GET is allowed here");
		}
		if (request.path().equals("/v1/auth/validate")) {
			return new Body(200, "application/json", "{\"exp\":-1}".getBytes(StandardCharsets.UTF_8));
		}
		if (log == null) {
			return error(404, "could not find " + request.path());
		}
		String page = Objects.requireNonNullElse(request.parameter("page"), "1");
		String pageSize = Objects.requireNonNullElse(request.parameter("page_size"), "100");
		if (!POSITIVE.matcher(page).matches() || !POSITIVE.matcher(pageSize).matches()) {
			return error(400, "page and page_size must be positive integers");
		}
		return new Body(200, "application/json", log.page(Integer.parseInt(page), Integer.parseInt(pageSize)));
	}

	private @Nullable MockLog log(String path) {
		Matcher matcher = AUDIT_LOGS.matcher(path);
		return matcher.matches() ? this.logs.get(matcher.group(1)) : null;
	}

	private static Body error(int status, String text) {
		return Objects.requireNonNull(MockResponse.error(status, text, null).body());
	}

}
