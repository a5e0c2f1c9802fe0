package io.github.tursospring.test.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link AuditLogClient} in tests
 * annotated with {@code @WebClientTest}. Backs off in tests that have neither connection
 * details nor an API token, because they test something else.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@Conditional(TursoWebClientTestAutoConfiguration.OnConnectionCondition.class)
@ImportAutoConfiguration({ SslAutoConfiguration.class, HttpClientAutoConfiguration.class,
		ReactiveHttpClientAutoConfiguration.class, TursoAutoConfiguration.class })
public final class TursoWebClientTestAutoConfiguration {

	/**
	 * Matches when there are connection details or an API token.
	 */
	static class OnConnectionCondition extends AnyNestedCondition {

		OnConnectionCondition() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBean(TursoConnectionDetails.class)
		static class ConnectionDetails {

		}

		@Conditional(OnApiTokenCondition.class)
		static class ApiToken {

		}

	}

	/**
	 * Matches when an API token is set, and not an unresolved placeholder.
	 */
	static class OnApiTokenCondition extends SpringBootCondition {

		private static final String KEY = "turso.api-token";

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			ConditionMessage.Builder message = ConditionMessage.forCondition("Turso API token");
			String apiToken = Binder.get(context.getEnvironment()).bind(KEY, String.class).orElse("");
			return StringUtils.hasText(apiToken) && !apiToken.contains("${")
					? ConditionOutcome.match(message.foundExactly(KEY))
					: ConditionOutcome.noMatch(message.didNotFind("property").items(KEY));
		}

	}

}
