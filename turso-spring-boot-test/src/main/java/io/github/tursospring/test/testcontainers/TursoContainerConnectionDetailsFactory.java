package io.github.tursospring.test.testcontainers;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

import io.github.tursospring.autoconfigure.TursoConnectionDetails;

/**
 * {@link ContainerConnectionDetailsFactory} to create {@link TursoConnectionDetails} from
 * a {@link ServiceConnection @ServiceConnection}-annotated {@link GenericContainer} of
 * the connection name {@code "turso"}, for any server that behaves as Turso's API does.
 * The connection is to its first exposed port; the API token and the organization are
 * those of its environment variables {@code TURSO_API_TOKEN} and
 * {@code TURSO_ORGANIZATION}.
 */
class TursoContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<Container<?>, TursoConnectionDetails> {

	TursoContainerConnectionDetailsFactory() {
		super("turso", "io.github.tursospring.autoconfigure.TursoAutoConfiguration");
	}

	@Override
	protected TursoConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
		return new TursoContainerConnectionDetails(source);
	}

	/**
	 * {@link TursoConnectionDetails} backed by a {@link ContainerConnectionSource}.
	 */
	private static final class TursoContainerConnectionDetails extends ContainerConnectionDetails<Container<?>>
			implements TursoConnectionDetails {

		private static final String DEFAULT = "test";

		TursoContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
			super(source);
		}

		@Override
		public String getApiToken() {
			return getContainer().getEnvMap().getOrDefault("TURSO_API_TOKEN", DEFAULT);
		}

		@Override
		public String getOrganization() {
			return getContainer().getEnvMap().getOrDefault("TURSO_ORGANIZATION", DEFAULT);
		}

		@Override
		public URI getBaseUrl() {
			String scheme = (getSslBundle() != null) ? "https" : "http";
			return URI.create(scheme + "://" + getContainer().getHost() + ":" + getContainer().getFirstMappedPort());
		}

		@Override
		public @Nullable SslBundle getSslBundle() {
			return super.getSslBundle();
		}

	}

}
