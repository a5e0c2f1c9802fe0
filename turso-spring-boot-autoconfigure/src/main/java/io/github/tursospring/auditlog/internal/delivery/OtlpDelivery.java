package io.github.tursospring.auditlog.internal.delivery;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.follow.AuditLogHandler;

/**
 * Delivers pages as log records over OTLP/HTTP. A page is one request, and has been
 * handled when the response is a success. The exporter does not retry: the follower does,
 * without a limit.
 */
public final class OtlpDelivery implements AuditLogHandler, AutoCloseable {

	private static final Log logger = LogFactory.getLog(OtlpDelivery.class);

	/** Less than the time that a handler has by default. */
	private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

	private final String receiver;

	private final Duration timeout;

	private final OtlpLogRecords records;

	private final Clock clock;

	private final HeaderSecrets secrets;

	private final OtlpHttpLogRecordExporter exporter;

	private volatile Instant notBefore = Instant.EPOCH;

	/**
	 * Create a new delivery.
	 * @param settings where and how to send
	 * @param clock the clock
	 */
	public OtlpDelivery(Settings settings, Clock clock) {
		this.receiver = "OTLP receiver " + withoutSecrets(settings.endpoint());
		this.timeout = settings.timeout();
		this.records = new OtlpLogRecords(settings.ocsf(), clock);
		this.clock = clock;
		this.secrets = new HeaderSecrets(settings.headers().values());
		OtlpHttpLogRecordExporterBuilder builder = OtlpHttpLogRecordExporter.builder()
			.setComponentLoader(new OtlpSenderLoader())
			.setEndpoint(settings.endpoint().toString())
			.setTimeout(settings.timeout())
			.setCompression(settings.compression())
			.setRetryPolicy(null);
		settings.headers().forEach(builder::addHeader);
		this.exporter = builder.build();
	}

	private static String withoutSecrets(URI endpoint) {
		String port = (endpoint.getPort() >= 0) ? ":" + endpoint.getPort() : "";
		return endpoint.getScheme() + "://" + endpoint.getHost() + port
				+ Objects.requireNonNullElse(endpoint.getPath(), "");
	}

	@Override
	public Mono<Void> handle(String organization, AuditLogPage page) {
		return Mono.defer(() -> {
			Duration wait = Duration.between(this.clock.instant(), this.notBefore);
			Mono<Void> export = export(organization, page.auditLogs());
			return (wait.compareTo(Duration.ZERO) > 0) ? Mono.delay(wait).then(export) : export;
		});
	}

	private Mono<Void> export(String organization, List<AuditLog> entries) {
		return Mono.create((sink) -> {
			List<LogRecordData> logRecords = this.records.of(organization, entries);
			OtlpExchange exchange = new OtlpExchange();
			CompletableResultCode result = OtlpSender.record(exchange, () -> this.exporter.export(logRecords));
			result.whenComplete(() -> {
				OtlpExchange.Answer answer = exchange.answer();
				if (result.isSuccess()) {
					report(organization, entries, answer);
					sink.success();
				}
				else {
					sink.error((answer != null) ? refused(answer) : unanswered(result.getFailureThrowable()));
				}
			});
		});
	}

	/** A page that was accepted in part is not sent again, as the protocol requires. */
	private void report(String organization, List<AuditLog> entries, OtlpExchange.@Nullable Answer answer) {
		if (answer == null || (answer.rejected() == 0 && answer.message().isEmpty())) {
			return;
		}
		Instant from = entries.get(0).createdAt();
		String page = entries.size() + " log records of organization '" + organization + "', of " + from + " to "
				+ entries.get(entries.size() - 1).createdAt() + ": " + answer.message();
		if (answer.rejected() == 0) {
			logger.warn(this.receiver + " has accepted, with a warning, " + page);
			return;
		}
		logger.error(this.receiver + " has rejected " + answer.rejected() + " of " + page
				+ ". The response does not say which, and they are not sent again. Once the receiver accepts them, replay"
				+ " the follower from " + from + "; records that it already has are sent again, too");
	}

	private DeliveryException refused(OtlpExchange.Answer answer) {
		String message = this.receiver + " answered " + answer.status()
				+ (answer.message().isEmpty() ? "" : ": " + answer.message());
		Duration retryAfter = answer.retryAfter();
		if (retryAfter == null) {
			return new DeliveryException(message, null);
		}
		Duration wait = (retryAfter.compareTo(LONGEST_WAIT) > 0) ? LONGEST_WAIT : retryAfter;
		this.notBefore = this.clock.instant().plus(wait);
		return new DeliveryException(message + " (Retry-After: nothing is sent for " + wait.toSeconds() + " s)", null);
	}

	private DeliveryException unanswered(@Nullable Throwable failure) {
		Throwable cause = (failure != null) ? failure.getCause() : null;
		while (cause instanceof CompletionException && cause.getCause() != null) {
			cause = cause.getCause();
		}
		String reason = (cause instanceof TimeoutException) ? " within " + this.timeout.toMillis() + " ms" : "";
		return new DeliveryException(this.receiver + " did not answer" + reason, this.secrets.showable(cause));
	}

	@Override
	public void close() {
		this.exporter.shutdown();
	}

	/**
	 * Where and how to send.
	 *
	 * @param endpoint the URL, with its path
	 * @param headers headers of each request
	 * @param compression {@code gzip} or {@code none}
	 * @param timeout the longest time for a request and its response
	 * @param ocsf whether the body is an event of OCSF, rather than Turso's message
	 */
	public record Settings(URI endpoint, Map<String, String> headers, String compression, Duration timeout,
			boolean ocsf) {
	}

}
