package io.github.tursospring.sample.web;

import java.time.Duration;
import java.util.Base64;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.encrypt.Encryptors;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.security.oauth2.client.web.server.ServerAuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Keeps a login that has begun at an identity provider in a cookie, not in a session,
 * which anybody could begin any number of. The cookie is encrypted with a key of this
 * process: a login that has begun before a restart has to begin again.
 */
final class LoginRequestCookie implements ServerAuthorizationRequestRepository<OAuth2AuthorizationRequest> {

	private static final String NAME = "LOGIN_REQUEST";

	private static final Duration MAX_AGE = Duration.ofMinutes(10);

	private final BytesEncryptor encryptor = Encryptors.stronger(KeyGenerators.string().generateKey(),
			KeyGenerators.string().generateKey());

	private final JsonMapper mapper = JsonMapper.builder()
		.addModules(SecurityJacksonModules.getModules(getClass().getClassLoader()))
		.build();

	@Override
	public Mono<OAuth2AuthorizationRequest> loadAuthorizationRequest(ServerWebExchange exchange) {
		return Mono.justOrEmpty(exchange.getRequest().getCookies().getFirst(NAME))
			.map(HttpCookie::getValue)
			.flatMap(this::decode)
			.filter((request) -> request.getState() != null
					&& request.getState().equals(exchange.getRequest().getQueryParams().getFirst("state")));
	}

	@Override
	public Mono<Void> saveAuthorizationRequest(OAuth2AuthorizationRequest request, ServerWebExchange exchange) {
		return Mono.fromRunnable(() -> set(exchange, encode(request), MAX_AGE));
	}

	@Override
	public Mono<OAuth2AuthorizationRequest> removeAuthorizationRequest(ServerWebExchange exchange) {
		return loadAuthorizationRequest(exchange).doOnNext((request) -> set(exchange, "", Duration.ZERO));
	}

	private static void set(ServerWebExchange exchange, String value, Duration maxAge) {
		ServerHttpRequest request = exchange.getRequest();
		exchange.getResponse()
			.addCookie(ResponseCookie.from(NAME, value)
				.path(request.getPath().contextPath().value() + "/")
				.maxAge(maxAge)
				.httpOnly(true)
				.secure("https".equalsIgnoreCase(request.getURI().getScheme()))
				.sameSite("Lax")
				.build());
	}

	private String encode(OAuth2AuthorizationRequest request) {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(this.encryptor.encrypt(this.mapper.writeValueAsBytes(request)));
	}

	/** Nothing if it is not what this process has encoded. */
	private Mono<OAuth2AuthorizationRequest> decode(String value) {
		return Mono
			.fromCallable(() -> this.mapper.readValue(this.encryptor.decrypt(Base64.getUrlDecoder().decode(value)),
					OAuth2AuthorizationRequest.class))
			.onErrorComplete();
	}

}
