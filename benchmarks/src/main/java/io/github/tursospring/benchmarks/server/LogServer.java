package io.github.tursospring.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * Serves logs from memory that is sent as it is: the rows are encoded once, outside the
 * heap, and a page is a slice of them. It has one thread, so that a core is left to the
 * reader. {@code MockTursoServer} assembles every page anew, which is part of what would
 * be measured.
 */
public final class LogServer {

	private static final int MAX_PAGE_SIZE = 1000;

	private final Map<String, ServedLog> logs = new ConcurrentHashMap<>();

	private final ByteBuf text;

	/** Ends of the rows in the text, newest first. */
	private final int[] ends;

	private final int port;

	/**
	 * Create a new server and start it.
	 * @param rows number of rows to prepare, the most that a log can have
	 */
	public LogServer(int rows) {
		ByteBuffer text = ByteBuffer.allocateDirect(Math.toIntExact(rows * 400L));
		this.ends = new int[rows + 1];
		Iterator<String> newestFirst = new Rows(rows).newestFirst().iterator();
		for (int i = 1; newestFirst.hasNext(); i++) {
			text.put(newestFirst.next().getBytes(StandardCharsets.UTF_8)).put((byte) ',');
			this.ends[i] = text.position();
		}
		this.text = Unpooled.wrappedBuffer(text.flip());
		this.port = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.runOn(LoopResources.create("log-server", 1, true))
			.route((routes) -> routes.get("/v1/organizations/{organization}/audit-logs", this::page))
			.bindNow()
			.port();
	}

	/**
	 * Return the base URL.
	 * @return the URL
	 */
	public String baseUrl() {
		return "http://127.0.0.1:" + this.port;
	}

	/**
	 * Open a log of its own name.
	 * @param rows number of rows
	 * @param latency the time between a request and its response
	 * @return the name, in place of an organization's
	 */
	public String open(int rows, Duration latency) {
		String name = "log-" + this.logs.size();
		this.logs.put(name, new ServedLog(rows, latency));
		return name;
	}

	/**
	 * Return the number of requests for a log.
	 * @param log the log's name
	 * @return the number
	 */
	public int requests(String log) {
		return log(log).requests.get();
	}

	/**
	 * Return when the last byte of a log's first response was sent.
	 * @param log the log's name
	 * @return the time
	 */
	public Instant firstSent(String log) {
		return log(log).firstSent;
	}

	private Publisher<Void> page(HttpServerRequest request, HttpServerResponse response) {
		ServedLog log = log(String.valueOf(request.param("organization")));
		log.requests.incrementAndGet();
		Map<String, List<String>> parameters = new QueryStringDecoder(request.uri()).parameters();
		int page = Integer.parseInt(parameters.getOrDefault("page", List.of("1")).get(0));
		int pageSize = Integer.parseInt(parameters.getOrDefault("page_size", List.of("100")).get(0));
		Mono<Void> answer = Mono.defer(() -> {
			ByteBuf body = body(log.rows, page, Math.min(pageSize, MAX_PAGE_SIZE));
			return response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
				.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.readableBytes()))
				.sendObject(body)
				.then()
				.doOnSuccess((sent) -> log.onSent());
		});
		return log.latency.isZero() ? answer : Mono.delay(log.latency).then(answer);
	}

	private ByteBuf body(int rows, int page, int pageSize) {
		int oldest = this.ends.length - 1;
		int from = (int) Math.min(oldest, oldest - rows + (page - 1L) * pageSize);
		int to = Math.min(oldest, from + pageSize);
		ByteBuf slice = (from < to) ? this.text.retainedSlice(this.ends[from], this.ends[to] - 1 - this.ends[from])
				: Unpooled.EMPTY_BUFFER;
		return Unpooled.wrappedBuffer(utf8(Rows.head()), slice, utf8(Rows.tail(page, pageSize, rows)));
	}

	private static ByteBuf utf8(String text) {
		return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
	}

	private ServedLog log(String name) {
		ServedLog log = this.logs.get(name);
		if (log == null) {
			throw new IllegalArgumentException("No log '" + name + "'");
		}
		return log;
	}

	private static final class ServedLog {

		private final int rows;

		private final Duration latency;

		private final AtomicInteger requests = new AtomicInteger();

		private volatile Instant firstSent = Instant.MAX;

		ServedLog(int rows, Duration latency) {
			this.rows = rows;
			this.latency = latency;
		}

		void onSent() {
			if (this.firstSent.equals(Instant.MAX)) {
				this.firstSent = Instant.now();
			}
		}

	}

}
