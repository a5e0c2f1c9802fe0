package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientResponse;

import io.github.tursospring.auditlog.TursoApiError;
import io.github.tursospring.auditlog.TursoApiException;
import io.github.tursospring.auditlog.TursoAuthenticationException;
import io.github.tursospring.auditlog.TursoForbiddenException;
import io.github.tursospring.auditlog.TursoNotFoundException;
import io.github.tursospring.auditlog.TursoRateLimitedException;
import io.github.tursospring.auditlog.TursoServerException;
import io.github.tursospring.auditlog.TursoSubscriptionException;

/**
 * Maps error responses to exceptions that say what to do.
 */
final class ApiErrors {

	private static final String PLAN_GATED = "feature_not_available_for_starter_plan";

	private static final int MAX_TEXT = 300;

	private final String method;

	private final String uriTemplate;

	private final Secret apiToken;

	ApiErrors(String method, String uriTemplate, Secret apiToken) {
		this.method = method;
		this.uriTemplate = uriTemplate;
		this.apiToken = apiToken;
	}

	/**
	 * Map an error response.
	 * @param response the response
	 * @param body the body, as far as it was read
	 * @param truncated whether the body may continue
	 * @param organization the organization whose log was requested
	 * @return the failure with its exception
	 */
	PageFailure from(ClientResponse response, String body, boolean truncated, String organization) {
		int status = response.statusCode().value();
		TursoApiError error = error(status, body, truncated);
		String log = "the audit log of organization '" + organization + "'";
		String answer = " Turso answered " + status + describe(error);
		if (PLAN_GATED.equals(error.code()) || status == 402) {
			return PageFailure.permanent(new TursoSubscriptionException("The subscription does not include " + log + "."
					+ answer + " Check that the organization's subscription is active and that its plan includes audit"
					+ " logs (Scaler and above).", error));
		}
		if (status == 429) {
			return rateLimited(response, log + "." + answer, error);
		}
		if (status >= 500) {
			TursoServerException exception = new TursoServerException("Turso failed to return " + log + "." + answer
					+ " Try again later; if the problem persists, check Turso's status page.", error);
			boolean isTransient = status == 502 || status == 503 || status == 504;
			return isTransient ? PageFailure.transientFailure(exception, retryAfter(response))
					: PageFailure.permanent(exception);
		}
		return PageFailure.permanent(clientError(status, log, answer, error));
	}

	private static PageFailure rateLimited(ClientResponse response, String what, TursoApiError error) {
		Duration retryAfter = retryAfter(response);
		String wait = (retryAfter != null) ? " Turso asks to wait " + retryAfter.toSeconds() + " s." : "";
		return PageFailure.transientFailure(new TursoRateLimitedException("Too many requests for " + what + wait
				+ " Send fewer requests, or raise turso.retry.max-retries or" + " turso.retry.max-retry-after.", error,
				retryAfter), retryAfter);
	}

	private static TursoApiException clientError(int status, String log, String answer, TursoApiError error) {
		return switch (status) {
			case 401 -> new TursoAuthenticationException("The API token is not valid for " + log + "." + answer
					+ " Set turso.api-token to a valid token: 'turso auth api-tokens mint <name> --org <slug>' creates"
					+ " one.", error);
			case 403 -> new TursoForbiddenException("The API token may not read " + log + "." + answer
					+ " Use a token of a member of the organization with a scope that includes its audit log: the"
					+ " token of a group does not reach it. 'turso auth api-tokens mint <name> --org <slug>' creates"
					+ " one that does.", error);
			case 404 -> new TursoNotFoundException("Cannot find " + log + "." + answer
					+ " Check turso.organization (the slug, not the display name) and turso.base-url.", error);
			default -> (status >= 300 && status < 400)
					? new TursoApiException("The server redirects requests for " + log + "." + answer
							+ " Redirects are not followed, as they would disclose the API token: set turso.base-url to"
							+ " the API itself.", error)
					: new TursoApiException("Turso rejected the request for " + log + "." + answer
							+ " Check the page and the page size.", error);
		};
	}

	private TursoApiError error(int status, String body, boolean truncated) {
		ErrorBody parsed = parse(body);
		String text = (parsed != null) ? parsed.error() : body;
		String code = (parsed != null) ? parsed.code() : null;
		return new TursoApiError(status, clean(text, truncated), clean(code, truncated), this.method, this.uriTemplate);
	}

	private static @Nullable ErrorBody parse(String body) {
		try {
			return PageDecoder.decodeError(body);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private @Nullable String clean(@Nullable String text, boolean truncated) {
		if (text == null) {
			return null;
		}
		String clean = truncated ? this.apiToken.redactTruncated(text) : this.apiToken.redact(text);
		if (clean.isEmpty()) {
			return null;
		}
		return (clean.length() > MAX_TEXT) ? clean.substring(0, MAX_TEXT) + "…" : clean;
	}

	private static String describe(TursoApiError error) {
		String code = (error.code() != null) ? " (" + error.code() + ")" : "";
		return code + ((error.error() != null) ? ": " + error.error() : "")
				+ ((error.error() != null && error.error().endsWith(".")) ? "" : ".");
	}

	private static @Nullable Duration retryAfter(ClientResponse response) {
		HttpHeaders headers = response.headers().asHttpHeaders();
		return RetryAfter.parse(headers.getFirst(HttpHeaders.RETRY_AFTER), headers.getFirst(HttpHeaders.DATE),
				Instant.now());
	}

}
