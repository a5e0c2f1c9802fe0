package io.github.tursospring.autoconfigure;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Adapts {@link TursoProperties} to {@link TursoConnectionDetails}.
 */
class PropertiesTursoConnectionDetails implements TursoConnectionDetails {

	// Binding keeps a placeholder that cannot be resolved
	private static final Pattern PLACEHOLDER = Pattern.compile("\\s*\\$\\{[^}]*}\\s*");

	private static final String MINT_ADVICE = "'turso auth api-tokens mint <name> --org <slug>' creates one";

	private final TursoProperties properties;

	private final TursoFollowProperties follow;

	private final @Nullable SslBundles sslBundles;

	PropertiesTursoConnectionDetails(TursoProperties properties, TursoFollowProperties follow,
			@Nullable SslBundles sslBundles) {
		this.properties = properties;
		this.follow = follow;
		this.sslBundles = sslBundles;
	}

	@Override
	public String getApiToken() {
		String apiToken = this.properties.getApiToken();
		if (!StringUtils.hasText(apiToken)) {
			throw new TursoConfigurationException("No API token for Turso is configured.",
					"Set 'turso.api-token' (or the environment variable TURSO_API_TOKEN) to a token of a member of the"
							+ " organization: " + MINT_ADVICE
							+ ". To run without Turso, set 'turso.enabled' to false.");
		}
		if (PLACEHOLDER.matcher(apiToken).matches()) {
			throw new TursoConfigurationException(
					"The value of 'turso.api-token' is the unresolved placeholder " + apiToken.strip() + ".",
					"Set the environment variable or property that it names to a token of a member of the organization: "
							+ MINT_ADVICE + ".");
		}
		return apiToken.strip();
	}

	@Override
	public @Nullable String getOrganization() {
		String organization = this.properties.getOrganization();
		if (organization == null && this.follow.getOrganizations().isEmpty()) {
			throw new TursoConfigurationException("No Turso organization is configured.",
					"Set 'turso.organization' (or the environment variable TURSO_ORGANIZATION) to the organization's"
							+ " slug: 'turso org list' shows it. If every query names its own, set it to an empty value.");
		}
		return (organization != null && StringUtils.hasText(organization)) ? organization.strip() : null;
	}

	@Override
	public URI getBaseUrl() {
		try {
			return new URI(this.properties.getBaseUrl().strip());
		}
		catch (URISyntaxException ex) {
			throw new TursoConfigurationException("The value of 'turso.base-url' is not a URL: " + ex.getReason() + ".",
					"Set 'turso.base-url' " + TursoConfigurationException.BASE_URL_ADVICE + ".");
		}
	}

	@Override
	public @Nullable SslBundle getSslBundle() {
		String bundle = this.properties.getSsl().getBundle();
		if (!StringUtils.hasLength(bundle)) {
			return null;
		}
		Assert.state(this.sslBundles != null, "'turso.ssl.bundle' is set, but there are no SSL bundles");
		try {
			return this.sslBundles.getBundle(bundle);
		}
		catch (NoSuchSslBundleException ex) {
			throw new TursoConfigurationException(
					"The SSL bundle '" + bundle + "' of 'turso.ssl.bundle' does not exist.",
					"Set 'turso.ssl.bundle' to the name of a bundle that is configured under 'spring.ssl.bundle', or"
							+ " configure this one there.",
					ex);
		}
	}

}
