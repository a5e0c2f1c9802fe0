package io.github.tursospring.auditlog.internal.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.internal.http.RetryAfter;

/**
 * Sends requests of the SDK's exporter. The SDK's own senders pass on neither the headers
 * of a response ({@code Retry-After}) nor, through the exporter, the body of a successful
 * one (a partial success), and do not limit the time that a body may take.
 */
final class OtlpSender implements HttpSender {

	private static final int LONGEST_MESSAGE = 300;

	private static final ThreadLocal<@Nullable OtlpExchange> current = new ThreadLocal<>();

	private final HttpSenderConfig config;

	private final HeaderSecrets secrets;

	private final HttpClient client;

	OtlpSender(HttpSenderConfig config) {
		this.config = config;
		this.secrets = new HeaderSecrets(
				config.getHeadersSupplier().get().values().stream().flatMap(List::stream).toList());
		HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(config.getConnectTimeout());
		if (config.getSslContext() != null) {
			builder.sslContext(config.getSslContext());
		}
		if (config.getEndpoint().getScheme().equals("http")) {
			builder.version(HttpClient.Version.HTTP_1_1);
		}
		this.client = builder.build();
	}

	/**
	 * Record the answer to the request that an export sends. The exporter calls
	 * {@link #send} on the thread of the export.
	 * @param exchange records the answer
	 * @param export starts the export
	 * @return what the export returns
	 */
	static CompletableResultCode record(OtlpExchange exchange, Supplier<CompletableResultCode> export) {
		current.set(exchange);
		try {
			return export.get();
		}
		finally {
			current.remove();
		}
	}

	@Override
	public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
		OtlpExchange exchange = Objects.requireNonNullElseGet(current.get(), OtlpExchange::new);
		try {
			CompletableFuture<java.net.http.HttpResponse<byte[]>> response = this.client.sendAsync(request(message),
					(info) -> new BeginningOfBody());
			CompletableFuture<?> unused = response.copy()
				.orTimeout(this.config.getTimeout().toNanos(), TimeUnit.NANOSECONDS)
				.whenComplete((received, failure) -> {
					if (received != null) {
						exchange.answered(answer(received));
						onResponse.accept(new Response(received.statusCode(), received.body()));
					}
					else {
						response.cancel(true);
						onError.accept(failure);
					}
				});
		}
		catch (IOException | RuntimeException ex) {
			onError.accept(ex);
		}
	}

	private HttpRequest request(MessageWriter message) throws IOException {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.config.getEndpoint());
		this.config.getHeadersSupplier()
			.get()
			.forEach((name, values) -> values.forEach((value) -> request.header(name, value)));
		request.header("Content-Type", this.config.getContentType());
		Compressor compressor = this.config.getCompressor();
		ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(message.getContentLength(), 32));
		if (compressor == null) {
			message.writeMessage(body);
		}
		else {
			request.header("Content-Encoding", compressor.getEncoding());
			try (OutputStream compressed = compressor.compress(body)) {
				message.writeMessage(compressed);
			}
		}
		return request.POST(BodyPublishers.ofByteArray(body.toByteArray())).build();
	}

	private OtlpExchange.Answer answer(java.net.http.HttpResponse<byte[]> response) {
		HttpHeaders headers = response.headers();
		int status = response.statusCode();
		boolean protobuf = headers.firstValue("Content-Type")
			.map((type) -> type.toLowerCase(Locale.ROOT).startsWith("application/x-protobuf"))
			.orElse(status / 100 == 2);
		boolean whole = String.valueOf(response.body().length).equals(value(headers, "Content-Length"));
		byte[] partialSuccess = (protobuf && status / 100 == 2) ? ProtobufReader.bytes(response.body(), 1) : null;
		if (partialSuccess != null) {
			return new OtlpExchange.Answer(status, shortened(ProtobufReader.text(partialSuccess, 2), whole),
					ProtobufReader.number(partialSuccess, 1), null);
		}
		String message = protobuf ? ProtobufReader.text(response.body(), 2)
				: new String(response.body(), StandardCharsets.UTF_8);
		return new OtlpExchange.Answer(status, (status / 100 == 2) ? "" : shortened(message, whole), 0,
				RetryAfter.parse(value(headers, "Retry-After"), value(headers, "Date"), Instant.now()));
	}

	private static @Nullable String value(HttpHeaders headers, String name) {
		return headers.firstValue(name).orElse(null);
	}

	/** Other than of a known length, a body may be the beginning of what was sent. */
	private String shortened(String message, boolean whole) {
		String line = whole ? this.secrets.redact(message) : this.secrets.redactTruncated(message);
		return (line.length() > LONGEST_MESSAGE) ? line.substring(0, LONGEST_MESSAGE) + "..." : line;
	}

	@Override
	public CompletableResultCode shutdown() {
		return CompletableResultCode.ofSuccess();
	}

	/**
	 * A response, as the exporter takes it.
	 *
	 * @param statusCode the status
	 * @param responseBody the body
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Response(int statusCode, byte[] responseBody) implements HttpResponse {

		@Override
		public int getStatusCode() {
			return this.statusCode;
		}

		@Override
		public String getStatusMessage() {
			return String.valueOf(this.statusCode);
		}

		@Override
		public byte[] getResponseBody() {
			return this.responseBody;
		}

	}

}
