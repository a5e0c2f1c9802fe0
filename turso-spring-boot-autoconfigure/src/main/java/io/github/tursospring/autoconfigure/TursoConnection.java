package io.github.tursospring.autoconfigure;

import io.github.tursospring.auditlog.AuditLogClient;

/**
 * Applies {@link TursoConnectionDetails} to a client's builder, and says which property
 * to set if the builder refuses a value.
 */
abstract class TursoConnection {

	static AuditLogClient.Builder connect(AuditLogClient.Builder builder, TursoConnectionDetails details) {
		check("turso.api-token", "to the token alone, without quotes, blanks or line breaks",
				() -> builder.apiToken(details.getApiToken()));
		check("turso.organization",
				"to the organization's slug, of letters, digits and hyphens: 'turso org list' shows it",
				() -> builder.organization(details.getOrganization()));
		check("turso.base-url", TursoConfigurationException.BASE_URL_ADVICE,
				() -> builder.baseUrl(details.getBaseUrl()));
		return builder;
	}

	private static void check(String key, String advice, Runnable setting) {
		try {
			setting.run();
		}
		catch (TursoConfigurationException ex) {
			throw ex;
		}
		catch (IllegalArgumentException ex) {
			throw new TursoConfigurationException("The value of '" + key + "' is not valid: " + ex.getMessage() + ".",
					"Set '" + key + "' " + advice + ".", ex);
		}
	}

}
