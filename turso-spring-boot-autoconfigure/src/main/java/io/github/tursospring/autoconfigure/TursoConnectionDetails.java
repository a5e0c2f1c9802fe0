package io.github.tursospring.autoconfigure;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

import io.github.tursospring.auditlog.AuditLogClient;

/**
 * Details required to establish a connection to Turso's API. A bean of this type takes
 * the place of the properties.
 *
 * @since 0.1.0
 */
public interface TursoConnectionDetails extends ConnectionDetails {

	/** Base URL of Turso's API. */
	URI DEFAULT_BASE_URL = AuditLogClient.DEFAULT_BASE_URL;

	/**
	 * Return the API token to authenticate with.
	 * @return the API token
	 */
	String getApiToken();

	/**
	 * Return the slug of the organization that queries read which name none.
	 * @return the slug, or {@code null} if every query names its own
	 */
	@Nullable String getOrganization();

	/**
	 * Return the base URL of the API.
	 * @return the base URL: https, or http to a loopback host
	 */
	default URI getBaseUrl() {
		return DEFAULT_BASE_URL;
	}

	/**
	 * Return the SSL bundle of the connection.
	 * @return the SSL bundle, or {@code null} for the default
	 */
	default @Nullable SslBundle getSslBundle() {
		return null;
	}

	/**
	 * Return connection details of a server, such as a test's own.
	 * @param baseUrl the base URL of the API: https, or http to a loopback host
	 * @param apiToken the API token to authenticate with
	 * @param organization the slug of the organization that queries read which name none,
	 * {@code null} if every query names its own
	 * @return the connection details
	 */
	static TursoConnectionDetails of(URI baseUrl, String apiToken, @Nullable String organization) {
		return new FixedTursoConnectionDetails(baseUrl, apiToken, organization);
	}

}
