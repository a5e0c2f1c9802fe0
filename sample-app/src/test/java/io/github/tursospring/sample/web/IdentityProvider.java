package io.github.tursospring.sample.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An OpenID provider that has one user, who is always signed in and agrees to everything.
 */
final class IdentityProvider implements AutoCloseable {

	private final RSAKey key = key();

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.route((routes) -> routes
			.get("/.well-known/openid-configuration", (request, response) -> json(response, configuration()))
			.get("/keys", (request, response) -> json(response, new JWKSet(this.key).toJSONObject()))
			.get("/authorize", this::authorize)
			.post("/token", (request, response) -> json(response, token())))
		.bindNow();

	private volatile RSAKey signingKey = this.key;

	private volatile String nonce = "";

	String issuer() {
		return "http://127.0.0.1:" + this.server.port();
	}

	/** Sign the next token with a key that is not published. */
	void signNextTokenWithAnotherKey() {
		this.signingKey = key();
	}

	private static RSAKey key() {
		try {
			return new RSAKeyGenerator(2048).keyID("key").generate();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Map<String, Object> configuration() {
		return Map.of("issuer", issuer(), "authorization_endpoint", issuer() + "/authorize", "token_endpoint",
				issuer() + "/token", "jwks_uri", issuer() + "/keys", "response_types_supported", List.of("code"),
				"subject_types_supported", List.of("public"), "id_token_signing_alg_values_supported",
				List.of("RS256"));
	}

	private Mono<Void> authorize(HttpServerRequest request, HttpServerResponse response) {
		MultiValueMap<String, String> query = UriComponentsBuilder.fromUriString(request.uri())
			.build()
			.getQueryParams();
		this.nonce = decoded(query.getFirst("nonce"));
		URI back = UriComponentsBuilder.fromUriString(decoded(query.getFirst("redirect_uri")))
			.queryParam("code", "code")
			.queryParam("state", query.getFirst("state"))
			.build(true)
			.toUri();
		return response.sendRedirect(back.toString());
	}

	private static String decoded(String value) {
		return UriUtils.decode(value, UTF_8);
	}

	private Map<String, Object> token() {
		JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(issuer())
			.subject("iku")
			.audience("console")
			.claim("nonce", this.nonce)
			.claim("iat", Instant.now().getEpochSecond())
			.claim("exp", Instant.now().getEpochSecond() + 60)
			.build();
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key").build(), claims);
		try {
			token.sign(new RSASSASigner(this.signingKey));
			this.signingKey = this.key;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		return Map.of("access_token", "access", "token_type", "Bearer", "expires_in", 60, "id_token",
				token.serialize());
	}

	private static Mono<Void> json(HttpServerResponse response, Map<String, Object> body) {
		return response.header("Content-Type", "application/json")
			.sendString(Mono.just(JsonMapper.shared().writeValueAsString(body)))
			.then();
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
