package io.github.tursospring.autoconfigure;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * {@link TursoConnectionDetails} with given values.
 */
class FixedTursoConnectionDetails implements TursoConnectionDetails {

	private final URI baseUrl;

	private final String apiToken;

	private final @Nullable String organization;

	FixedTursoConnectionDetails(URI baseUrl, String apiToken, @Nullable String organization) {
		this.baseUrl = baseUrl;
		this.apiToken = apiToken;
		this.organization = organization;
	}

	@Override
	public String getApiToken() {
		return this.apiToken;
	}

	@Override
	public @Nullable String getOrganization() {
		return this.organization;
	}

	@Override
	public URI getBaseUrl() {
		return this.baseUrl;
	}

}
