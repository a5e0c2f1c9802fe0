package com.example.servlet;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Turso's API with a log whose entries are numbered from 1, the oldest, one a second;
 * every tenth is a deletion.
 */
final class NumberedTurso implements AutoCloseable {

	private static final Pattern QUERY = Pattern.compile("page=(\\d+)&page_size=(\\d+)");

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final int rows;

	private final AtomicInteger requests = new AtomicInteger();

	private final ExecutorService executor = Executors.newFixedThreadPool(4);

	private final HttpServer server;

	NumberedTurso(int rows) throws IOException {
		this.rows = rows;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/v1/organizations/acme/audit-logs", this::answer);
		this.server.setExecutor(this.executor);
		this.server.start();
	}

	String baseUrl() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	int requests() {
		return this.requests.get();
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.requests.incrementAndGet();
		URI uri = exchange.getRequestURI();
		Matcher query = QUERY.matcher(uri.getQuery());
		if (!query.matches()) {
			throw new IOException("Not a request for a page: " + uri);
		}
		byte[] body = page(Long.parseLong(query.group(1)), Long.parseLong(query.group(2)))
			.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(body);
		}
	}

	private String page(long page, long pageSize) {
		long newest = Math.max(0, this.rows - (page - 1) * pageSize);
		long last = Math.max(0, newest - pageSize);
		String entries = LongStream.rangeClosed(1, newest - last)
			.map((place) -> newest + 1 - place)
			.mapToObj(NumberedTurso::entry)
			.collect(Collectors.joining(","));
		return "{\"audit_logs\":[" + entries + "],\"pagination\":{\"page\":" + page + ",\"page_size\":" + pageSize
				+ ",\"total_pages\":" + (this.rows + pageSize - 1) / pageSize + ",\"total_rows\":" + this.rows + "}}";
	}

	private static String entry(long number) {
		return "{\"code\":\"" + ((number % 10 == 0) ? "db-delete" : "db-create") + "\",\"message\":\"" + number
				+ "\",\"origin\":\"cli\",\"author\":\"iku\",\"created_at\":\"" + START.plusSeconds(number) + "\"}";
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

}
