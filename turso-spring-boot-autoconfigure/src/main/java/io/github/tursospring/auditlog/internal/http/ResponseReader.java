package io.github.tursospring.auditlog.internal.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Receives the body of a response and decodes it.
 */
final class ResponseReader {

	private static final int MAX_ERROR_BYTES = 16 * 1024;

	/** How far ahead of this machine's clock a server's clock is believed. */
	private static final Duration MOST_AHEAD = Duration.ofDays(1);

	private final int maxResponseSize;

	private final ApiErrors apiErrors;

	private final PageFailures failures;

	private final Clock clock;

	ResponseReader(int maxResponseSize, ApiErrors apiErrors, PageFailures failures, Clock clock) {
		this.maxResponseSize = maxResponseSize;
		this.apiErrors = apiErrors;
		this.failures = failures;
		this.clock = clock;
	}

	/**
	 * Receive a response.
	 * @param response the response
	 * @param organization the organization whose log was requested
	 * @return the complete body of a response of status 200, or a {@link PageFailure}
	 */
	Mono<ReceivedPage> receive(ClientResponse response, String organization) {
		HttpStatusCode status;
		try {
			status = response.statusCode();
		}
		catch (IllegalArgumentException ex) {
			return Mono.error(this.failures.invalid(organization, String.valueOf(ex.getMessage()), null));
		}
		Flux<DataBuffer> buffers = response.body(BodyExtractors.toDataBuffers());
		if (status.value() == HttpStatus.OK.value()) {
			HttpHeaders headers = response.headers().asHttpHeaders();
			return ResponseBody.receive(buffers, this.maxResponseSize, announcedLength(headers))
				.onErrorMap((ex) -> this.failures.ofBody(ex, organization))
				.map((body) -> new ReceivedPage(body, headers));
		}
		return ResponseBody.receive(DataBufferUtils.takeUntilByteCount(buffers, MAX_ERROR_BYTES), MAX_ERROR_BYTES, -1)
			.onErrorReturn(new ResponseBody(0, 0))
			.flatMap((body) -> Mono.error(status.is2xxSuccessful()
					? this.failures.invalid(organization, "its status is " + status.value() + " instead of 200", null)
					: this.apiErrors.from(response, body.toString(), body.length() == MAX_ERROR_BYTES, organization)));
	}

	private static long announcedLength(HttpHeaders headers) {
		try {
			return headers.getContentLength();
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	/**
	 * Decode a page. Throws nothing but a {@link PageFailure}: Reactor would rethrow an
	 * {@link Error} and leave the subscriber without a signal.
	 * @param page the page
	 * @param organization the organization whose log was requested
	 * @return the decoded page
	 */
	SourcePage decode(ReceivedPage page, String organization) {
		return decode(page, organization, () -> PageDecoder.decode(page.body()).at(answered(page.headers())));
	}

	/** When a response was made, by its {@code Date} or else by this machine's clock. */
	private Instant answered(HttpHeaders headers) {
		Instant now = this.clock.instant();
		Instant latest = now.plus(MOST_AHEAD);
		try {
			long date = headers.getDate();
			Instant answered = (date != -1) ? Instant.ofEpochMilli(date) : now;
			return answered.isBefore(latest) ? answered : latest;
		}
		catch (IllegalArgumentException ex) {
			return now;
		}
	}

	SourcePage decode(ReceivedPage page, String organization, Supplier<SourcePage> decoder) {
		ResponseBody body = page.body();
		if (body.length() == 0) {
			throw this.failures.empty(organization);
		}
		try {
			return decoder.get();
		}
		catch (UnexpectedEndOfInputException ex) {
			throw this.failures.truncated(ex, organization);
		}
		catch (JacksonException ex) {
			if (body.endsWithinValue()) {
				throw this.failures.truncated(ex, organization);
			}
			throw this.failures.invalid(organization, ex.getOriginalMessage() + " (" + page.contentType() + ")", ex);
		}
		catch (RuntimeException ex) {
			throw this.failures.invalid(organization, ex.toString(), ex);
		}
		catch (Error ex) {
			throw this.failures.fatal(ex, organization);
		}
	}

	/**
	 * Complete response of status 200.
	 *
	 * @param body the body
	 * @param headers the headers
	 */
	record ReceivedPage(ResponseBody body, HttpHeaders headers) {

		String contentType() {
			String contentType = this.headers.getFirst(HttpHeaders.CONTENT_TYPE);
			return (contentType != null) ? contentType : "no content type";
		}

	}

}
