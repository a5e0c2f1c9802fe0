package io.github.tursospring.auditlog;

/**
 * Thrown when the audit log has no entry of the requested id.
 *
 * @since 0.1.0
 */
public class AuditLogNotFoundException extends TursoException {

	/**
	 * Create a new exception.
	 * @param message what was not found, in which organization, and what to do
	 */
	public AuditLogNotFoundException(String message) {
		super(message, null, Reason.ENTRY_NOT_FOUND, false);
	}

	private AuditLogNotFoundException(AuditLogNotFoundException original, String resumeToken) {
		super(original, resumeToken);
	}

	@Override
	public AuditLogNotFoundException withResumeToken(String resumeToken) {
		return new AuditLogNotFoundException(this, resumeToken);
	}

}
