package io.github.tursospring.sample.web;

import java.util.Set;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.header.CrossOriginEmbedderPolicyServerHttpHeadersWriter.CrossOriginEmbedderPolicy;
import org.springframework.security.web.server.header.CrossOriginOpenerPolicyServerHttpHeadersWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.server.header.CrossOriginResourcePolicyServerHttpHeadersWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;

/**
 * Who may see the log: with a login, nobody sees anything without it. A browser may do
 * with the answers what the page needs, and nothing else: the log is full of text that
 * strangers wrote.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
			+ " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
			+ " require-trusted-types-for 'script'; trusted-types 'none'";

	private static final String PERMISSIONS_POLICY = "accelerometer=(), camera=(), display-capture=(), geolocation=(),"
			+ " gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

	/**
	 * Sessions are for those who have logged in: there is room for some thousand, which
	 * anybody else could take.
	 */
	@Bean
	SecurityWebFilterChain securityWebFilterChain(ServerHttpSecurity http, Login login) {
		http.headers(SecurityConfiguration::headers)
			.addFilterAfter(new SameOriginFilter(), SecurityWebFiltersOrder.HTTP_HEADERS_WRITER)
			.csrf((csrf) -> csrf.requireCsrfProtectionMatcher(needsToken(login))
				.csrfTokenRepository(new CookieServerCsrfTokenRepository()));
		if (!login.isRequired()) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll()).build();
		}
		http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
			.requestCache((cache) -> cache.requestCache(new AskedPageCookie()));
		if (login.withPassword()) {
			http.formLogin(Customizer.withDefaults())
				.httpBasic((basic) -> basic
					.authenticationEntryPoint(new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)));
		}
		if (login.withClient()) {
			http.oauth2Login((client) -> client.authorizationRequestRepository(new LoginRequestCookie()));
		}
		return http.build();
	}

	private static void headers(ServerHttpSecurity.HeaderSpec headers) {
		headers.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
			.permissionsPolicy((permissions) -> permissions.policy(PERMISSIONS_POLICY))
			.referrerPolicy(Customizer.withDefaults())
			.crossOriginOpenerPolicy((opener) -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
			.crossOriginEmbedderPolicy((embedder) -> embedder.policy(CrossOriginEmbedderPolicy.REQUIRE_CORP))
			.crossOriginResourcePolicy((resource) -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN));
	}

	/** The API is protected by {@link SameOriginFilter}, which needs no token. */
	private static ServerWebExchangeMatcher needsToken(Login login) {
		return (exchange) -> {
			boolean safe = SameOriginFilter.isSafe(exchange);
			return (safe || !login.isRequired() || SameOriginFilter.isApi(exchange)) ? MatchResult.notMatch()
					: MatchResult.match();
		};
	}

	/**
	 * Without a login, only loopback hosts can be asked for. A web page from elsewhere
	 * whose name is made to resolve to 127.0.0.1 would otherwise be of the same origin,
	 * and could read the log.
	 */
	@Bean
	StrictServerWebExchangeFirewall firewall(Login login) {
		StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
		firewall.setAllowedHostnames((host) -> login.isRequired() || LOOPBACK.contains(host));
		return firewall;
	}

}
