package io.github.tursospring.sample.embedded;

import java.net.URI;

import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.sample.turso.EmbeddedTursoApi;

/**
 * Points the starter at the embedded Turso API.
 */
public class EmbeddedTursoConnectionDetails implements TursoConnectionDetails {

	private final EmbeddedTursoApi api;

	/**
	 * Create new connection details.
	 * @param api the embedded API
	 */
	public EmbeddedTursoConnectionDetails(EmbeddedTursoApi api) {
		this.api = api;
	}

	@Override
	public String getApiToken() {
		return this.api.token();
	}

	@Override
	public String getOrganization() {
		return this.api.organization();
	}

	@Override
	public URI getBaseUrl() {
		return this.api.baseUrl();
	}

}
