package io.github.tursospring.autoconfigure.follow;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.mock.MockTursoServer;

/**
 * An application that follows the log of {@code acme} with one handler.
 */
final class FollowingApplication {

	private FollowingApplication() {
	}

	static ApplicationContextRunner of(MockTursoServer server, AuditLogHandler handler) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AuditLogFollowerAutoConfiguration.class,
					CheckpointStoreAutoConfiguration.class, TursoAutoConfiguration.class,
					WebClientAutoConfiguration.class, HttpClientAutoConfiguration.class,
					ReactiveHttpClientAutoConfiguration.class))
			.withBean("archive", AuditLogHandler.class, () -> handler)
			.withPropertyValues("turso.api-token=" + server.token(), "turso.organization=acme",
					"turso.base-url=" + server.baseUrl());
	}

}
