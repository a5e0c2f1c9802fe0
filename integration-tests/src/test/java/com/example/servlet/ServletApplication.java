package com.example.servlet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import io.github.tursospring.auditlog.AuditLogNotFoundException;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.observation.AuditLogStreamObservationContext;

/**
 * Application with the controller of {@code docs/guide/servlet.md}: shows the thread of a
 * request, follows the log, and records what was observed.
 */
@SpringBootApplication
class ServletApplication {

	@Bean
	AuditLogHandler handler() {
		return (organization, page) -> Mono.empty();
	}

	@Bean
	StreamRecorder streamRecorder() {
		return new StreamRecorder();
	}

	/**
	 * Tells what nobody but its test asks for.
	 */
	@RestController
	static class ThreadController {

		@GetMapping("/thread")
		String thread() {
			return Thread.currentThread().toString();
		}

	}

	/**
	 * Answers for entries that are not there.
	 */
	@RestControllerAdvice
	static class NotFoundAdvice {

		@ExceptionHandler
		@ResponseStatus(HttpStatus.NOT_FOUND)
		String notFound(AuditLogNotFoundException ex) {
			return String.valueOf(ex.getMessage());
		}

	}

	/**
	 * Remembers the observations of streams.
	 */
	static class StreamRecorder implements ObservationHandler<AuditLogStreamObservationContext> {

		private final List<AuditLogStreamObservationContext> streams = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(AuditLogStreamObservationContext context) {
			this.streams.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof AuditLogStreamObservationContext;
		}

		List<AuditLogStreamObservationContext> streams() {
			return this.streams;
		}

	}

}
