package io.github.tursospring.autoconfigure;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

import io.github.tursospring.auditlog.AuditLogClient;

/**
 * Details required to establish a connection to Turso's API. A bean of this type replaces
 * the properties.
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
	 * Return the slug of the default organization.
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
	 * Return connection details with the given values, such as those of a test server.
	 * @param baseUrl the base URL of the API: https, or http to a loopback host
	 * @param apiToken the API token to authenticate with
	 * @param organization the slug of the default organization, {@code null} if every
	 * query names its own
	 * @return the connection details
	 */
	static TursoConnectionDetails of(URI baseUrl, String apiToken, @Nullable String organization) {
		return new FixedTursoConnectionDetails(baseUrl, apiToken, organization);
	}

}
