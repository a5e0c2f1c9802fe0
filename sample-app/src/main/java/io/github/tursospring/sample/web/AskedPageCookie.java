package io.github.tursospring.sample.web;

import java.net.URI;
import java.util.Objects;

import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.savedrequest.CookieServerRequestCache;
import org.springframework.web.server.ServerWebExchange;

/**
 * Keeps the page that was asked for without a login in a cookie, until it is served.
 * Spring Security removes the cookie with any request, such as a browser's own for the
 * icon of the login page.
 */
class AskedPageCookie extends CookieServerRequestCache {

	@Override
	public Mono<ServerHttpRequest> removeMatchingRequest(ServerWebExchange exchange) {
		return getRedirectUri(exchange).filter((page) -> isOf(exchange.getRequest(), page))
			.flatMap((page) -> super.removeMatchingRequest(exchange));
	}

	private static boolean isOf(ServerHttpRequest request, URI page) {
		return request.getPath().pathWithinApplication().value().equals(page.getRawPath())
				&& Objects.equals(request.getURI().getRawQuery(), page.getRawQuery());
	}

}
