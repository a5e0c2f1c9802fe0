package io.github.tursospring.auditlog.internal.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;

/**
 * A receiver of logs over OTLP/HTTP, on loopback, that decodes the protocol. It accepts
 * everything, unless another answer is queued.
 */
public final class OtlpReceiver implements AutoCloseable {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final HttpServer server;

	private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

	private final List<ExportLogsServiceRequest> accepted = new CopyOnWriteArrayList<>();

	private final List<Headers> headers = new CopyOnWriteArrayList<>();

	private final AtomicInteger requests = new AtomicInteger();

	private OtlpReceiver(HttpServer server) {
		this.server = server;
		server.createContext("/v1/logs", this::receive);
		server.setExecutor(this.executor);
		server.start();
	}

	public static OtlpReceiver start() throws IOException {
		return start(0);
	}

	public static OtlpReceiver start(int port) throws IOException {
		return new OtlpReceiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
	}

	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/v1/logs");
	}

	/** Answer the next requests in this way, one each. */
	public OtlpReceiver enqueue(Answer... queued) {
		this.answers.addAll(List.of(queued));
		return this;
	}

	public int requests() {
		return this.requests.get();
	}

	public List<Headers> headers() {
		return this.headers;
	}

	/** The requests that were answered with success. */
	public List<ExportLogsServiceRequest> accepted() {
		return this.accepted;
	}

	public List<LogRecord> records() {
		return this.accepted.stream().flatMap(OtlpReceiver::records).toList();
	}

	public List<String> ids() {
		return records().stream().map((logRecord) -> attribute(logRecord, "turso.audit_log.id")).toList();
	}

	public static String attribute(LogRecord logRecord, String name) {
		return logRecord.getAttributesList()
			.stream()
			.filter((attribute) -> attribute.getKey().equals(name))
			.map((attribute) -> attribute.getValue().getStringValue())
			.findFirst()
			.orElse("");
	}

	private static Stream<LogRecord> records(ExportLogsServiceRequest request) {
		return request.getResourceLogsList()
			.stream()
			.flatMap((resource) -> resource.getScopeLogsList().stream())
			.flatMap((scope) -> scope.getLogRecordsList().stream());
	}

	private void receive(HttpExchange exchange) throws IOException {
		try (exchange) {
			boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
			ExportLogsServiceRequest request;
			try (InputStream body = gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
				request = ExportLogsServiceRequest.parseFrom(body);
			}
			this.headers.add(exchange.getRequestHeaders());
			this.requests.incrementAndGet();
			Answer answer = this.answers.poll();
			answer = (answer != null) ? answer : Answer.success();
			if (answer.status() / 100 == 2) {
				this.accepted.add(request);
			}
			if (answer.hanging() != Hanging.BEFORE_HEADERS) {
				answer.headers().forEach(exchange.getResponseHeaders()::set);
				exchange.sendResponseHeaders(answer.status(), (answer.body().length > 0) ? answer.body().length : -1);
			}
			if (answer.hanging() != Hanging.NEVER) {
				this.closed.await();
			}
			if (answer.body().length > 0) {
				exchange.getResponseBody().write(answer.body());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	/**
	 * Where a response stops.
	 */
	enum Hanging {

		NEVER, BEFORE_HEADERS, BEFORE_BODY

	}

	/**
	 * An answer.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Answer(int status, Map<String, String> headers, byte[] body, Hanging hanging) {

		private static final Map<String, String> PROTOBUF = Map.of("Content-Type", "application/x-protobuf");

		public static Answer success() {
			return new Answer(200, PROTOBUF, ExportLogsServiceResponse.getDefaultInstance().toByteArray(),
					Hanging.NEVER);
		}

		public static Answer partialSuccess(long rejected, String message) {
			ExportLogsServiceResponse response = ExportLogsServiceResponse.newBuilder()
				.setPartialSuccess(
						ExportLogsPartialSuccess.newBuilder().setRejectedLogRecords(rejected).setErrorMessage(message))
				.build();
			return new Answer(200, PROTOBUF, response.toByteArray(), Hanging.NEVER);
		}

		public static Answer status(int status, Map<String, String> headers, byte[] body) {
			return new Answer(status, headers, body, Hanging.NEVER);
		}

		public static Answer status(int status) {
			return status(status, Map.of(), new byte[0]);
		}

		/** The receiver has the records, but does not say so. */
		public static Answer acceptAndHang() {
			return new Answer(200, PROTOBUF, new byte[0], Hanging.BEFORE_HEADERS);
		}

		public static Answer hang() {
			return new Answer(500, Map.of(), new byte[0], Hanging.BEFORE_HEADERS);
		}

		public static Answer hangInBody() {
			return new Answer(500, Map.of(), new byte[] { 0 }, Hanging.BEFORE_BODY);
		}

	}

}
