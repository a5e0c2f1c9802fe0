package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import org.springframework.http.MediaType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoRateLimitedException;

/**
 * Turso's audit-log endpoint over HTTP. Fetches single pages.
 */
public final class AuditLogEndpoint {

	private static final Log logger = LogFactory.getLog(AuditLogEndpoint.class);

	/** URI template of the endpoint's path. */
	public static final String PATH = "/v1/organizations/{organization}/audit-logs";

	private static final String QUERY = "?page={page}&page_size={pageSize}";

	private final Supplier<WebClient> webClient;

	private final EndpointSettings settings;

	private final PageFailures failures;

	private final ResponseReader responses;

	private final RequestPacing pacing;

	private volatile boolean closed;

	/**
	 * Create a new endpoint.
	 * @param webClient client with the base URL of Turso's API
	 * @param apiToken the API token to send
	 * @param retryPolicy when a page is requested again
	 * @param maxResponseSize the largest response body to accept, in bytes
	 */
	public AuditLogEndpoint(WebClient webClient, String apiToken, RetryPolicy retryPolicy, int maxResponseSize) {
		this(() -> webClient, apiToken,
				new EndpointSettings(retryPolicy, maxResponseSize, EndpointSettings.DEFAULT_RESPONSE_TIMEOUT));
	}

	/**
	 * Create a new endpoint whose client is created for the first request.
	 * @param webClient supplier of a client with the base URL of Turso's API; called once
	 * @param apiToken the API token to send
	 * @param settings limits of requests
	 */
	public AuditLogEndpoint(Supplier<WebClient> webClient, String apiToken, EndpointSettings settings) {
		Secret token = new Secret(apiToken);
		this.webClient = SingletonSupplier.of(() -> withToken(webClient.get(), token));
		this.settings = settings;
		this.failures = new PageFailures(token, settings);
		this.responses = new ResponseReader(settings.maxResponseSize(), new ApiErrors("GET", PATH, token),
				this.failures, settings.clock());
		this.pacing = new RequestPacing(settings.nanoTime());
	}

	/** The last filter is the innermost: no other filter sees the token in a request. */
	private static WebClient withToken(WebClient webClient, Secret token) {
		return webClient.mutate()
			.filter((request, next) -> next.exchange(
					ClientRequest.from(request).headers((headers) -> headers.setBearerAuth(token.value())).build()))
			.build();
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
	 * @param listener callback for page requests
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
				return AuditLogEndpoint.this.fetch(new Request(organization, page, pageSize, listener, onBody));
			}

		};
	}

	/**
	 * Refuse further requests and retries.
	 */
	public void close() {
		this.closed = true;
	}

	private Mono<SourcePage> fetch(Request request) {
		return Mono
			.deferContextual((context) -> context.hasKey(AuditLogClient.NO_RETRIES)
					? attempt(request).doOnNext((answer) -> onPage(request, answer))
					: paced(request).retryWhen(retry(request)))
			.onErrorMap(PageFailure.class, PageFailure::exception)
			.contextWrite(LateErrors::logQuietly);
	}

	private Mono<SourcePage> paced(Request request) {
		return this.pacing.acquire()
			.flatMap((permit) -> attempt(request).doOnError(PageFailure.class, (failure) -> onLimit(permit, failure)))
			.doOnNext((answer) -> onPage(request, answer));
	}

	private Mono<SourcePage> attempt(Request request) {
		String organization = request.organization();
		if (this.closed) {
			return Mono.error(this.failures.closed(organization));
		}
		return this.webClient.get()
			.get()
			.uri(PATH + QUERY, organization, request.page(), request.pageSize())
			.accept(MediaType.APPLICATION_JSON)
			.exchangeToMono((response) -> this.responses.receive(response, organization))
			.cancelOn(CancellingScheduler.INSTANCE)
			.timeout(this.settings.responseTimeout(), Mono.error(() -> this.failures.timedOut(organization)))
			.doOnNext((page) -> request.onBody().run())
			.publishOn(Schedulers.parallel())
			.map((page) -> this.responses.decode(page, organization))
			.onErrorMap((ex) -> this.failures.of(ex, organization));
	}

	private void onLimit(RequestPacing.Permit permit, PageFailure failure) {
		if (failure.exception() instanceof TursoRateLimitedException) {
			this.pacing.limited(permit, this.settings.retryPolicy().pauseAfterLimit(failure.retryAfter()));
		}
	}

	private void onPage(Request request, SourcePage answer) {
		this.pacing.succeeded();
		request.listener().onPage(answer.rows().size());
		if (logger.isDebugEnabled()) {
			logger.debug("Page " + request.page() + " of the audit log of '" + request.organization() + "' (page size "
					+ request.pageSize() + "): " + answer.rows().size() + " of " + answer.totalRows() + " rows");
		}
	}

	private Retry retry(Request request) {
		return Retry.from((signals) -> signals.concatMap((signal) -> {
			if (this.closed || !(signal.failure() instanceof PageFailure failure) || !failure.isTransient()) {
				return Mono.error(signal.failure());
			}
			Duration wait = this.settings.retryPolicy()
				.waitBefore((int) signal.totalRetries() + 1, failure.retryAfter());
			if (wait == null) {
				return Mono.error(failure);
			}
			logRetry(request, failure.exception(), wait);
			request.listener().onRetry(failure.exception(), wait);
			return Mono.delay(wait);
		}));
	}

	private static void logRetry(Request request, TursoException reason, Duration wait) {
		if (logger.isWarnEnabled()) {
			logger.warn("Request for page " + request.page() + " of the audit log of '" + request.organization()
					+ "' failed; retrying in " + wait.toMillis() + " ms: " + reason.getMessage());
		}
	}

	/**
	 * Request for one page.
	 *
	 * @param organization the organization's slug
	 * @param page number of the page, from 1
	 * @param pageSize rows a page to ask for
	 * @param listener callback for page requests
	 * @param onBody callback for the complete body of a successful response
	 */
	private record Request(String organization, int page, int pageSize, PageListener listener, Runnable onBody) {
	}

}
