package io.github.tursospring.autoconfigure;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Callback interface that can be implemented by beans wishing to customize the
 * {@link WebClient} that reads Turso's audit logs. Called in order, after the connector
 * has been set; the base URL is set last.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TursoWebClientCustomizer {

	/**
	 * Customize the builder of the client.
	 * @param builder the builder
	 */
	void customize(WebClient.Builder builder);

}
