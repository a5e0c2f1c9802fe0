package io.github.tursospring.sample.web;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Refuses what other sites make a browser ask for. Following a link to the page is
 * allowed. A request that changes or costs something has to come from the page, or carry
 * a header that other sites cannot set.
 */
class SameOriginFilter implements WebFilter {

	private static final Set<String> OWN = Set.of("same-origin", "none");

	private static final List<PathPattern> API = Stream.of("/api/**", "/audit-logs/**", "/actuator/**")
		.map(PathPatternParser.defaultInstance::parse)
		.toList();

	private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	/**
	 * A path that is encoded otherwise, such as {@code /%61pi}, is mapped all the same.
	 */
	static boolean isApi(ServerWebExchange exchange) {
		PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
		return API.stream().anyMatch((pattern) -> pattern.matches(path));
	}

	static boolean isSafe(ServerWebExchange exchange) {
		return SAFE.contains(exchange.getRequest().getMethod());
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpHeaders headers = exchange.getRequest().getHeaders();
		String site = headers.getFirst("Sec-Fetch-Site");
		boolean safe = isSafe(exchange);
		boolean allowed = (site != null) ? OWN.contains(site) || (safe && isLink(exchange))
				: safe || !isApi(exchange) || headers.containsHeader("X-Requested-With");
		return allowed ? chain.filter(exchange) : Mono.error(new ResponseStatusException(HttpStatus.FORBIDDEN,
				"Requests that another site makes are refused." + (safe ? "" : " Send the header X-Requested-With.")));
	}

	private static boolean isLink(ServerWebExchange exchange) {
		String mode = exchange.getRequest().getHeaders().getFirst("Sec-Fetch-Mode");
		return "navigate".equals(mode) && !isApi(exchange);
	}

}
