package io.github.tursospring.autoconfigure;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

/**
 * Connection details that have been checked.
 *
 * @param apiToken the API token
 * @param organization the default organization's slug
 * @param baseUrl the base URL, without a slash at its end
 * @param sslBundle the SSL bundle
 */
record TursoConnection(String apiToken, @Nullable String organization, String baseUrl, @Nullable SslBundle sslBundle) {

	private static final Pattern SLUG = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9-]*");

	private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

	private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|.+\\.localhost");

	static TursoConnection of(TursoConnectionDetails details) {
		return new TursoConnection(checkToken(details.getApiToken()), checkOrganization(details.getOrganization()),
				checkBaseUrl(details.getBaseUrl()), details.getSslBundle());
	}

	private static String checkToken(String apiToken) {
		if (!TOKEN.matcher(apiToken).matches()) {
			throw new TursoConfigurationException(
					"The API token for Turso is empty or holds blanks or other characters that no token has.",
					"Set 'turso.api-token' to the token alone, without quotes, blanks or line breaks.");
		}
		return apiToken;
	}

	private static @Nullable String checkOrganization(@Nullable String organization) {
		if (organization != null && !SLUG.matcher(organization).matches()) {
			throw new TursoConfigurationException(
					"The Turso organization '" + organization + "' is not the slug of an organization.",
					"Set 'turso.organization' to the slug, of letters, digits and hyphens: 'turso org list' shows it.");
		}
		return organization;
	}

	private static String checkBaseUrl(URI url) {
		String scheme = (url.getScheme() != null) ? url.getScheme().toLowerCase(Locale.ROOT) : "";
		if (!Set.of("http", "https").contains(scheme) || url.getHost() == null) {
			throw TursoConfigurationException.ofBaseUrl("has to start with https:// and a host");
		}
		if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
			throw TursoConfigurationException.ofBaseUrl("must not hold a user, a query or a fragment");
		}
		if (scheme.equals("http") && !LOOPBACK.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches()) {
			throw TursoConfigurationException.ofBaseUrl("is plain http to '" + url.getHost() + "'");
		}
		return url.toString().replaceAll("/+$", "");
	}

	@Override
	public String toString() {
		return "TursoConnection[organization=" + this.organization + ", baseUrl=" + this.baseUrl + "]";
	}

}
