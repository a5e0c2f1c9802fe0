package io.github.tursospring.auditlog.internal.http;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.TursoTransportException;

/**
 * Turso's audit-log endpoint over HTTP. Knows one page at a time and nothing of streams.
 */
public final class AuditLogEndpoint {

	private static final Log logger = LogFactory.getLog(AuditLogEndpoint.class);

	/** URI template of the endpoint's path. */
	public static final String PATH = "/v1/organizations/{organization}/audit-logs";

	private static final String QUERY = "?page={page}&page_size={pageSize}";

	private static final int MAX_ERROR_BYTES = 16 * 1024;

	private final Supplier<WebClient> webClient;

	private final ApiToken apiToken;

	private final RetryPolicy retryPolicy;

	private final int maxResponseSize;

	private final ApiErrors apiErrors;

	/**
	 * Create a new endpoint.
	 * @param webClient client whose base URL is that of Turso's API
	 * @param apiToken the API token to send
	 * @param retryPolicy when a page is asked for again
	 * @param maxResponseSize the longest body to accept, in bytes
	 */
	public AuditLogEndpoint(WebClient webClient, String apiToken, RetryPolicy retryPolicy, int maxResponseSize) {
		this(() -> webClient, apiToken, retryPolicy, maxResponseSize);
	}

	/**
	 * Create a new endpoint whose client is made for the first request: an application
	 * starts without what the client needs.
	 * @param webClient supplies the client whose base URL is that of Turso's API; called
	 * once
	 * @param apiToken the API token to send
	 * @param retryPolicy when a page is asked for again
	 * @param maxResponseSize the longest body to accept, in bytes
	 */
	public AuditLogEndpoint(Supplier<WebClient> webClient, String apiToken, RetryPolicy retryPolicy,
			int maxResponseSize) {
		this.webClient = SingletonSupplier.of(webClient);
		this.apiToken = new ApiToken(apiToken);
		this.retryPolicy = retryPolicy;
		this.maxResponseSize = maxResponseSize;
		this.apiErrors = new ApiErrors("GET", PATH, this.apiToken);
	}

	/**
	 * Return the pages of an organization's log.
	 * @param organization the organization's slug
	 * @return the source of its pages
	 */
	public PageSource of(String organization) {
		return of(organization, PageListener.NONE);
	}

	/**
	 * Return the pages of an organization's log.
	 * @param organization the organization's slug
	 * @param listener is told what asking for them comes to
	 * @return the source of its pages
	 */
	public PageSource of(String organization, PageListener listener) {
		return new PageSource() {

			@Override
			public Mono<SourcePage> fetch(int page, int pageSize) {
				return fetch(page, pageSize, () -> {
				});
			}

			@Override
			public Mono<SourcePage> fetch(int page, int pageSize, Runnable onBody) {
				return AuditLogEndpoint.this.fetch(organization, page, pageSize, listener, onBody);
			}

		};
	}

	private Mono<SourcePage> fetch(String organization, int page, int pageSize, PageListener listener,
			Runnable onBody) {
		return this.webClient.get()
			.get()
			.uri(PATH + QUERY, organization, page, pageSize)
			.accept(MediaType.APPLICATION_JSON)
			.headers((headers) -> headers.setBearerAuth(this.apiToken.value()))
			.exchangeToMono((response) -> read(response, organization, onBody))
			.onErrorMap(WebClientRequestException.class, (ex) -> notReached(ex, organization))
			.doOnNext((answer) -> answered(organization, page, pageSize, answer, listener))
			.transform((attempt) -> withRetries(attempt, retry(organization, page, listener)))
			.onErrorMap(PageFailure.class, PageFailure::exception);
	}

	private static <T> Mono<T> withRetries(Mono<T> attempt, Retry retry) {
		return Mono.deferContextual(
				(context) -> context.hasKey(AuditLogClient.NO_RETRIES) ? attempt : attempt.retryWhen(retry));
	}

	private Mono<SourcePage> read(ClientResponse response, String organization, Runnable onBody) {
		Flux<DataBuffer> body = response.body(BodyExtractors.toDataBuffers());
		if (response.statusCode().value() == HttpStatus.OK.value()) {
			return DataBufferUtils.join(body, this.maxResponseSize)
				.onErrorMap((ex) -> bodyFailure(ex, organization))
				.doOnNext((buffer) -> onBody.run())
				.publishOn(Schedulers.parallel())
				.map((buffer) -> decode(buffer, response, organization))
				.switchIfEmpty(
						Mono.error(() -> PageFailure.permanent(notTheContract(organization, "it is empty", null))));
		}
		return DataBufferUtils.join(DataBufferUtils.takeUntilByteCount(body, MAX_ERROR_BYTES)).map((buffer) -> {
			String text = buffer.toString(StandardCharsets.UTF_8);
			DataBufferUtils.release(buffer);
			return text;
		})
			.onErrorReturn("")
			.defaultIfEmpty("")
			.flatMap((text) -> Mono.error(response.statusCode().is2xxSuccessful() ? notAPage(response, organization)
					: this.apiErrors.from(response, text, organization)));
	}

	private PageFailure notAPage(ClientResponse response, String organization) {
		return PageFailure.permanent(notTheContract(organization,
				"its status is " + response.statusCode().value() + " instead of 200", null));
	}

	private SourcePage decode(DataBuffer buffer, ClientResponse response, String organization) {
		try (InputStream body = buffer.asInputStream(true)) {
			return PageDecoder.decode(body);
		}
		catch (UnexpectedEndOfInputException ex) {
			throw PageFailure.passing(new TursoTransportException(
					"The answer with the audit log of organization '" + organization
							+ "' was cut short. Try again; if it lasts, look at what is between here and Turso.",
					this.apiToken.unlessToldBy(ex)), null);
		}
		catch (JacksonException ex) {
			String contentType = response.headers().asHttpHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
			throw PageFailure.permanent(notTheContract(organization,
					ex.getOriginalMessage() + " (" + ((contentType != null) ? contentType : "no content type") + ")",
					ex));
		}
		catch (Exception ex) {
			throw PageFailure.permanent(notTheContract(organization, ex.toString(), ex));
		}
	}

	private PageFailure bodyFailure(Throwable ex, String organization) {
		if (ex instanceof DataBufferLimitException) {
			return PageFailure.permanent(new TursoProtocolException("The answer with the audit log of organization '"
					+ organization + "' is longer than " + this.maxResponseSize
					+ " bytes. Raise turso.max-response-size or lower turso.audit-logs.page-size.", ex));
		}
		return notReached(ex, organization);
	}

	private PageFailure notReached(Throwable failure, String organization) {
		ConnectionFailure kind = ConnectionFailure.of(failure);
		Throwable cause = failure;
		String asking = "asking for";
		if (failure instanceof WebClientRequestException ex) {
			cause = ex.getMostSpecificCause();
			asking = "asking " + ex.getUri().getAuthority() + " for";
		}
		TursoTransportException exception = new TursoTransportException(
				"No complete answer when " + asking + " the audit log of organization '" + organization + "': "
						+ this.apiToken.hiddenIn(cause.toString()) + ". " + kind.advice(),
				this.apiToken.unlessToldBy(cause));
		return kind.isLasting() ? PageFailure.permanent(exception) : PageFailure.passing(exception, null);
	}

	private TursoProtocolException notTheContract(String organization, String what, @Nullable Throwable cause) {
		return new TursoProtocolException("The answer with the audit log of organization '" + organization
				+ "' is not what Turso's API documents: " + this.apiToken.hiddenIn(what) + ". Check turso.base-url.",
				(cause != null) ? this.apiToken.unlessToldBy(cause) : null);
	}

	private Retry retry(String organization, int page, PageListener listener) {
		return Retry.from((signals) -> signals.concatMap((signal) -> {
			if (!(signal.failure() instanceof PageFailure failure) || !failure.isTransient()) {
				return Mono.error(signal.failure());
			}
			Duration wait = this.retryPolicy.waitBefore((int) signal.totalRetries() + 1, failure.retryAfter());
			if (wait == null) {
				return Mono.error(failure);
			}
			logRetry(organization, page, failure.exception(), wait);
			listener.onRetry(failure.exception(), wait);
			return Mono.delay(wait);
		}));
	}

	private static void logRetry(String organization, int page, TursoException reason, Duration wait) {
		if (logger.isWarnEnabled()) {
			logger.warn("Asking again for page " + page + " of the audit log of '" + organization + "' in "
					+ wait.toMillis() + " ms: " + reason.getMessage());
		}
	}

	private static void answered(String organization, int page, int pageSize, SourcePage answer,
			PageListener listener) {
		listener.onPage(answer.rows().size());
		if (logger.isDebugEnabled()) {
			logger.debug("Page " + page + " of the audit log of '" + organization + "' (page size " + pageSize + "): "
					+ answer.rows().size() + " of " + answer.totalRows() + " rows");
		}
	}

}
