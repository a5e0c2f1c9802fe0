package io.github.tursospring.sample.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;

/**
 * Who may see the log: with a login, nobody sees anything without it.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	@Bean
	SecurityWebFilterChain securityWebFilterChain(ServerHttpSecurity http, Login login) {
		http.headers(ServerHttpSecurity.HeaderSpec::disable)
			.csrf((csrf) -> csrf.requireCsrfProtectionMatcher(needsToken(login)));
		if (!login.isRequired()) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll()).build();
		}
		http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated());
		if (login.withPassword()) {
			http.formLogin(Customizer.withDefaults())
				.httpBasic((basic) -> basic
					.authenticationEntryPoint(new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)));
		}
		if (login.withClient()) {
			http.oauth2Login(Customizer.withDefaults());
		}
		return http.build();
	}

	/** The API is protected by {@link SameOriginFilter}, which needs no token. */
	private static ServerWebExchangeMatcher needsToken(Login login) {
		return (exchange) -> {
			boolean safe = SameOriginFilter.isSafe(exchange);
			return (safe || !login.isRequired() || SameOriginFilter.isApi(exchange)) ? MatchResult.notMatch()
					: MatchResult.match();
		};
	}

}
