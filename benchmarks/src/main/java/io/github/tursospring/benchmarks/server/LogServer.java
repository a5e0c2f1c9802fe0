package io.github.tursospring.benchmarks.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * Program that answers as Turso's audit-log endpoint does, from prepared bytes and after
 * a chosen time. It runs in a process of its own, so that what it costs is not taken for
 * a cost of who asks, and ends with its input. It is no {@code MockTursoServer} because
 * encoding pages would take the processor time that is measured.
 */
public final class LogServer {

	private final PreparedLog prepared;

	private final Map<String, ServedLog> logs = new ConcurrentHashMap<>();

	private LogServer(PreparedLog prepared) {
		this.prepared = prepared;
	}

	/**
	 * Run the program. It writes its port once it is there.
	 * @param args how many rows to prepare
	 * @throws IOException if its input fails
	 */
	public static void main(String[] args) throws IOException {
		LogServer server = new LogServer(PreparedLog.of(Integer.parseInt(args[0])));
		DisposableServer http = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.runOn(LoopResources.create("log-server", 1, true))
			.route((routes) -> routes.get("/v1/organizations/{organization}/audit-logs", server::page)
				.get("/logs/{organization}/open", server::open)
				.get("/logs/{organization}", server::statistics))
			.bindNow();
		System.out.println("=> " + http.port());
		System.in.transferTo(OutputStream.nullOutputStream());
		http.disposeNow();
	}

	private Publisher<Void> page(HttpServerRequest request, HttpServerResponse response) {
		ServedLog log = this.logs.get(organization(request));
		if (log == null) {
			return response.sendNotFound();
		}
		QueryStringDecoder query = new QueryStringDecoder(request.uri());
		Mono<Void> answer = Mono.defer(() -> {
			ByteBuf page = log.page(parameter(query, "page", 1), parameter(query, "page_size", 100));
			return response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
				.header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(page.readableBytes()))
				.sendObject(page)
				.then()
				.doOnSuccess((sent) -> log.sent());
		});
		return log.latency().isZero() ? answer : Mono.delay(log.latency()).then(answer);
	}

	private Publisher<Void> open(HttpServerRequest request, HttpServerResponse response) {
		QueryStringDecoder query = new QueryStringDecoder(request.uri());
		this.logs.put(organization(request),
				new ServedLog(this.prepared, parameter(query, "rows", 0),
						Duration.ofMillis(parameter(query, "latency", 0)), parameter(query, "growth", 0),
						parameter(query, "removals", 0)));
		return response.sendString(Mono.just("opened"), StandardCharsets.UTF_8);
	}

	private Publisher<Void> statistics(HttpServerRequest request, HttpServerResponse response) {
		ServedLog log = this.logs.get(organization(request));
		return (log != null) ? response.sendString(Mono.just(log.statistics()), StandardCharsets.UTF_8)
				: response.sendNotFound();
	}

	private static String organization(HttpServerRequest request) {
		String organization = request.param("organization");
		return (organization != null) ? organization : "";
	}

	private static int parameter(QueryStringDecoder query, String name, int otherwise) {
		return query.parameters()
			.getOrDefault(name, List.of())
			.stream()
			.map(Integer::parseInt)
			.findFirst()
			.orElse(otherwise);
	}

}
