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
 * Turns an error answer into the exception that tells its reader what to do.
 */
final class ApiErrors {

	private static final String PLAN_GATED = "feature_not_available_for_starter_plan";

	private static final int MAX_TEXT = 300;

	private final String method;

	private final String uriTemplate;

	private final ApiToken apiToken;

	ApiErrors(String method, String uriTemplate, ApiToken apiToken) {
		this.method = method;
		this.uriTemplate = uriTemplate;
		this.apiToken = apiToken;
	}

	PageFailure from(ClientResponse response, String body, String organization) {
		int status = response.statusCode().value();
		TursoApiError error = error(status, body);
		String log = "the audit log of organization '" + organization + "'";
		String answer = " Turso answered " + status + describe(error);
		HttpHeaders headers = response.headers().asHttpHeaders();
		if (PLAN_GATED.equals(error.code()) || status == 402) {
			return PageFailure.permanent(new TursoSubscriptionException("The subscription does not give access to "
					+ log + "." + answer + " Check that the organization's subscription is active and its plan has"
					+ " audit logs (Scaler and above).", error));
		}
		if (status == 401) {
			return PageFailure.permanent(
					new TursoAuthenticationException(
							"The API token was not accepted for reading " + log + "." + answer
									+ " Set turso.api-token to a valid token (turso auth api-tokens mint <name>).",
							error));
		}
		if (status == 403) {
			return PageFailure.permanent(new TursoForbiddenException("The API token may not read " + log + "." + answer
					+ " Use the token of a member of the" + " organization, with a scope that reaches its audit logs.",
					error));
		}
		if (status == 404) {
			return PageFailure.permanent(new TursoNotFoundException("Cannot find " + log + "." + answer
					+ " Check turso.organization (the slug, not the display name) and turso.base-url.", error));
		}
		if (status == 429) {
			Duration retryAfter = retryAfter(headers);
			String wait = (retryAfter != null) ? " Turso asks to wait " + retryAfter.toSeconds() + " s." : "";
			return PageFailure.passing(new TursoRateLimitedException(
					"Too many requests while reading " + log + "." + answer + wait
							+ " Ask less often, or raise turso.retry.max-retries or turso.retry.max-retry-after.",
					error, retryAfter), retryAfter);
		}
		if (status >= 500) {
			TursoServerException exception = new TursoServerException("Turso failed to answer with " + log + "."
					+ answer + " Try again later; if it lasts, see Turso's status page.", error);
			boolean passing = status == 502 || status == 503 || status == 504;
			return passing ? PageFailure.passing(exception, retryAfter(headers)) : PageFailure.permanent(exception);
		}
		if (status >= 300 && status < 400) {
			return PageFailure
				.permanent(new TursoApiException("Asked for " + log + ", the server redirects elsewhere." + answer
						+ " Redirects are not followed, as they would carry the API token along: set turso.base-url to"
						+ " the API itself.", error));
		}
		return PageFailure.permanent(new TursoApiException(
				"Turso refused to answer with " + log + "." + answer + " Check the page and page size asked for.",
				error));
	}

	private TursoApiError error(int status, String body) {
		ErrorBody parsed = parse(body);
		String text = (parsed != null) ? parsed.error() : body;
		String code = (parsed != null) ? parsed.code() : null;
		return new TursoApiError(status, clean(text), clean(code), this.method, this.uriTemplate);
	}

	private static @Nullable ErrorBody parse(String body) {
		try {
			return PageDecoder.decodeError(body);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private @Nullable String clean(@Nullable String text) {
		if (text == null || text.isBlank()) {
			return null;
		}
		String oneLine = this.apiToken.hiddenIn(text).replaceAll("[\\s\\p{Cntrl}]+", " ").trim();
		return (oneLine.length() > MAX_TEXT) ? oneLine.substring(0, MAX_TEXT) + "…" : oneLine;
	}

	private static String describe(TursoApiError error) {
		String code = (error.code() != null) ? " (" + error.code() + ")" : "";
		return code + ((error.error() != null) ? ": " + error.error() : "")
				+ ((error.error() != null && error.error().endsWith(".")) ? "" : ".");
	}

	private static @Nullable Duration retryAfter(HttpHeaders headers) {
		return RetryAfter.parse(headers.getFirst(HttpHeaders.RETRY_AFTER), headers.getFirst(HttpHeaders.DATE),
				Instant.now());
	}

}
