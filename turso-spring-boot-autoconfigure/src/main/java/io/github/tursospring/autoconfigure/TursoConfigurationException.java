package io.github.tursospring.autoconfigure;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogClient;

/**
 * Thrown for a mistake in the configuration.
 *
 * @since 0.1.0
 */
public class TursoConfigurationException extends IllegalArgumentException {

	static final String BASE_URL_ADVICE = "to an https URL without user, query or fragment, such as "
			+ AuditLogClient.DEFAULT_BASE_URL + " (its default); plain http is for loopback hosts only";

	private final String description;

	private final String action;

	/**
	 * Create a new exception.
	 * @param description what is wrong
	 * @param action which key to set, and to what
	 */
	public TursoConfigurationException(String description, String action) {
		this(description, action, null);
	}

	/**
	 * Create a new exception.
	 * @param description what is wrong
	 * @param action which key to set, and to what
	 * @param cause the cause, or {@code null}
	 */
	public TursoConfigurationException(String description, String action, @Nullable Throwable cause) {
		super(description + " " + action, cause);
		this.description = description;
		this.action = action;
	}

	String description() {
		return this.description;
	}

	String action() {
		return this.action;
	}

}
