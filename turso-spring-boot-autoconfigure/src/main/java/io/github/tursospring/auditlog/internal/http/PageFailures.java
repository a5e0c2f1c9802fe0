package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import io.github.tursospring.auditlog.TursoException.Reason;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.TursoTransportException;

/**
 * Failures of an attempt other than the error responses that {@link ApiErrors} maps:
 * responses that do not arrive, not completely, or not as documented.
 */
final class PageFailures {

	private final Secret apiToken;

	private final EndpointSettings settings;

	PageFailures(Secret apiToken, EndpointSettings settings) {
		this.apiToken = apiToken;
		this.settings = settings;
	}

	/**
	 * Map any failure of an attempt.
	 * @param failure the failure
	 * @param organization the organization whose log was requested
	 * @return the failure with its exception
	 */
	PageFailure of(Throwable failure, String organization) {
		if (failure instanceof PageFailure mapped) {
			return mapped;
		}
		if (failure instanceof WebClientRequestException ex) {
			return noResponse(ConnectionFailure.of(ex), ex.getMostSpecificCause(),
					" from " + ex.getUri().getAuthority(), organization);
		}
		return PageFailure.permanent(new TursoTransportException(
				"Requesting " + log(organization) + " failed: " + this.apiToken.redact(failure.toString())
						+ ". Check the customizers and filters of the WebClient.",
				this.apiToken.showable(failure), Reason.TRANSPORT, false));
	}

	/**
	 * Map a failure to receive a body.
	 * @param failure the failure
	 * @param organization the organization whose log was requested
	 * @return the failure with its exception
	 */
	PageFailure ofBody(Throwable failure, String organization) {
		if (failure instanceof DataBufferLimitException) {
			return PageFailure
				.permanent(new TursoProtocolException(
						"The response with " + log(organization) + " is larger than " + this.settings.maxResponseSize()
								+ " bytes. Raise turso.max-response-size or lower turso.audit-logs.page-size.",
						failure));
		}
		if (failure.getCause() instanceof OutOfMemoryError error) {
			return fatal(error, organization);
		}
		return noResponse(ConnectionFailure.of(failure), failure, "", organization);
	}

	private PageFailure noResponse(ConnectionFailure kind, Throwable cause, String from, String organization) {
		TursoTransportException exception = new TursoTransportException(
				"No complete response" + from + " with " + log(organization) + ": "
						+ this.apiToken.redact(cause.toString()) + ". " + kind.advice(),
				this.apiToken.showable(cause), Reason.TRANSPORT, !kind.isPermanent());
		return kind.isPermanent() ? PageFailure.permanent(exception) : PageFailure.transientFailure(exception, null);
	}

	PageFailure timedOut(String organization) {
		Duration limit = this.settings.responseTimeout();
		return PageFailure.transientFailure(
				new TursoTransportException("No complete response with " + log(organization) + " within "
						+ limit.toMillis()
						+ " ms, the time limit of turso.response-timeout. Check the network and turso.base-url, raise"
						+ " turso.response-timeout, or lower turso.audit-logs.page-size.", null, Reason.TIMEOUT, true),
				null);
	}

	PageFailure closed(String organization) {
		return PageFailure.permanent(new TursoTransportException(
				"Cannot request " + log(organization) + ": the client is closed, as the application is shutting down.",
				null, Reason.TRANSPORT, false));
	}

	/**
	 * An empty body, as a compressed one that was cut off can be.
	 * @param organization the organization whose log was requested
	 * @return the failure
	 */
	PageFailure empty(String organization) {
		return PageFailure.transientFailure(new TursoTransportException(
				"The response with " + log(organization) + " is empty. Try again; if the problem persists, check"
						+ " turso.base-url, and proxies and gateways between this application and Turso.",
				null), null);
	}

	PageFailure truncated(Exception failure, String organization) {
		return PageFailure.transientFailure(new TursoTransportException(
				"The response with " + log(organization) + " was truncated. Try again; if the problem persists, check"
						+ " proxies and gateways between this application and Turso.",
				this.apiToken.showable(failure)), null);
	}

	/**
	 * A response that is not as documented.
	 * @param organization the organization whose log was requested
	 * @param what what is wrong with the response
	 * @param cause the cause, or {@code null}
	 * @return the failure
	 */
	PageFailure invalid(String organization, String what, @Nullable Throwable cause) {
		return PageFailure.permanent(new TursoProtocolException(
				"The response with " + log(organization) + " is not what Turso's API documents: "
						+ this.apiToken.redact(what) + ". Check turso.base-url.",
				(cause != null) ? this.apiToken.showable(cause) : null));
	}

	/**
	 * An error that Reactor would rethrow past all subscribers.
	 * @param error the error
	 * @param organization the organization whose log was requested
	 * @return the failure
	 */
	PageFailure fatal(Error error, String organization) {
		String advice = (error instanceof OutOfMemoryError)
				? "Lower turso.audit-logs.page-size or turso.max-response-size, or raise the heap size."
				: "Check the class path and the JVM.";
		return PageFailure.permanent(new TursoProtocolException("Decoding the response with " + log(organization)
				+ " failed: " + this.apiToken.redact(error.toString()) + ". " + advice, this.apiToken.showable(error)));
	}

	private static String log(String organization) {
		return "the audit log of organization '" + organization + "'";
	}

}
