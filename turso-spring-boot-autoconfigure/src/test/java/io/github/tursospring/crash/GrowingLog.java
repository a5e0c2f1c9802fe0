package io.github.tursospring.crash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * An audit log over HTTP that grows when told to.
 */
final class GrowingLog implements AutoCloseable {

	private static final Pattern PAGE = Pattern.compile("[?&]page=(\\d+)&page_size=(\\d+)");

	private final List<String> rows = new ArrayList<>();

	private final DisposableServer server;

	GrowingLog() {
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.get("/v1/organizations/{organization}/audit-logs",
					(request, response) -> response.header("Content-Type", "application/json")
						.sendString(Mono.fromSupplier(() -> page(request.uri())))))
			.bindNow();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	/** Append an entry; its message is its number. */
	synchronized void append(Instant createdAt) {
		this.rows.add("{\"code\":\"db-create\",\"message\":\"" + this.rows.size() + "\",\"created_at\":\""
				+ Instant.ofEpochSecond(createdAt.getEpochSecond()) + "\"}");
	}

	synchronized int size() {
		return this.rows.size();
	}

	private synchronized String page(String uri) {
		Matcher matcher = PAGE.matcher(uri);
		if (!matcher.find()) {
			throw new IllegalArgumentException(uri);
		}
		int page = Integer.parseInt(matcher.group(1));
		int size = Integer.parseInt(matcher.group(2));
		int total = this.rows.size();
		List<String> shown = new ArrayList<>();
		for (int i = (page - 1) * size; i < Math.min(page * size, total); i++) {
			shown.add(this.rows.get(total - 1 - i));
		}
		return "{\"audit_logs\":[" + String.join(",", shown) + "],\"pagination\":{\"page\":" + page + ",\"page_size\":"
				+ size + ",\"total_pages\":" + ((total + size - 1) / size) + ",\"total_rows\":" + total + "}}";
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
