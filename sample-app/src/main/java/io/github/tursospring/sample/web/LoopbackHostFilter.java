package io.github.tursospring.sample.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Answers on the loopback interface only to those who ask for a loopback host. A web page
 * from elsewhere whose name is made to resolve to 127.0.0.1 would otherwise be of the
 * same origin, and could read the log.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class LoopbackHostFilter implements WebFilter {

	private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		InetSocketAddress host = exchange.getRequest().getHeaders().getHost();
		if (isLoopback(exchange.getRequest().getLocalAddress()) && host != null
				&& !NAMES.contains(host.getHostString())) {
			return Mono.error(new ResponseStatusException(HttpStatus.MISDIRECTED_REQUEST,
					"This server is to be asked for as localhost or 127.0.0.1."));
		}
		return chain.filter(exchange);
	}

	private static boolean isLoopback(@Nullable InetSocketAddress local) {
		InetAddress address = (local != null) ? local.getAddress() : null;
		return address != null && address.isLoopbackAddress();
	}

}
