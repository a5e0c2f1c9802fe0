package io.github.tursospring.sample.web;

import java.time.Duration;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import io.github.tursospring.auditlog.TursoApiException;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoRateLimitedException;

/**
 * Says what went wrong before the first entry was sent. After it, the connection is cut:
 * nobody must take a part of the log for the whole.
 */
@RestControllerAdvice
class ProblemAdvice {

	private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(30);

	@ExceptionHandler
	ResponseEntity<ProblemDetail> onBadRequest(IllegalArgumentException ex) {
		return response(HttpStatus.BAD_REQUEST).body(problem(HttpStatus.BAD_REQUEST, "Not a valid request", ex));
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> onChangedArchive(DataIntegrityViolationException ex, ServerHttpResponse response) {
		if (response.isCommitted()) {
			throw ex;
		}
		return response(HttpStatus.INTERNAL_SERVER_ERROR)
			.body(problem(HttpStatus.INTERNAL_SERVER_ERROR, "Verify the archive", ex));
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> onFailure(TursoException ex, ServerHttpResponse response) {
		if (response.isCommitted()) {
			throw ex;
		}
		if (ex instanceof TursoRateLimitedException rateLimited) {
			return onRateLimited(rateLimited);
		}
		ProblemDetail problem = problem(HttpStatus.BAD_GATEWAY, "Reading from Turso failed", ex);
		if (ex instanceof TursoApiException refused) {
			problem.setProperty("tursoStatus", refused.status());
		}
		return response(HttpStatus.BAD_GATEWAY).body(problem);
	}

	private static ResponseEntity<ProblemDetail> onRateLimited(TursoRateLimitedException ex) {
		Duration retryAfter = (ex.retryAfter() != null) ? ex.retryAfter() : DEFAULT_RETRY_AFTER;
		return response(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, String.valueOf(retryAfter.plusNanos(999_999_999).toSeconds()))
			.body(problem(HttpStatus.SERVICE_UNAVAILABLE, "Turso limits the rate of requests", ex));
	}

	private static ResponseEntity.BodyBuilder response(HttpStatus status) {
		return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	private static ProblemDetail problem(HttpStatus status, String title, Exception ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, ex.getMessage());
		problem.setTitle(title);
		return problem;
	}

}
