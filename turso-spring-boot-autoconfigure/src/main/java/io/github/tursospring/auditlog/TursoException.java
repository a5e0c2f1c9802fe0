package io.github.tursospring.auditlog;

import org.jspecify.annotations.Nullable;

/**
 * Base of all failures to read from Turso.
 * <p>
 * A stream that fails part-way carries in {@link #resumeToken()} the position after the
 * last entry that it delivered.
 *
 * @since 0.1.0
 */
public abstract class TursoException extends RuntimeException {

	private volatile @Nullable String resumeToken;

	protected TursoException(String message) {
		super(message);
	}

	protected TursoException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Return the position from which to go on where a stream failed part-way: pass it as
	 * {@link AuditLogQuery.Builder#pageToken(String) pageToken} with the same
	 * organization, order, range and filters.
	 * @return the position, {@code null} if nothing had been read
	 */
	public @Nullable String resumeToken() {
		return this.resumeToken;
	}

	/**
	 * Set the position from which to go on, unless one is set. For use by the client.
	 * @param token the position
	 */
	public void resumeAt(String token) {
		if (this.resumeToken == null) {
			this.resumeToken = token;
		}
	}

	@Override
	public @Nullable String getMessage() {
		String message = super.getMessage();
		return (this.resumeToken != null)
				? message + " To go on after the last entry delivered, query again with this exception's"
						+ " resumeToken() as the page token."
				: message;
	}

}
