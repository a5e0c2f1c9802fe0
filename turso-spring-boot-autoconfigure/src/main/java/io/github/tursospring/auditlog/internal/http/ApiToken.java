package io.github.tursospring.auditlog.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * The API token, which is told to nobody but the server: not even where that echoes it,
 * which it can do anywhere in an answer.
 */
final class ApiToken {

	private static final int MAX_CAUSES = 20;

	private final String value;

	ApiToken(String value) {
		this.value = value;
	}

	String value() {
		return this.value;
	}

	/**
	 * Hide the token in a text.
	 * @param text the text
	 * @return the text without the token
	 */
	String hiddenIn(String text) {
		return text.replace(this.value, "***");
	}

	/**
	 * Return a cause that may be shown.
	 * @param cause the cause
	 * @return the cause, or {@code null} if it tells the token
	 */
	@Nullable Throwable unlessToldBy(Throwable cause) {
		Throwable current = cause;
		for (int i = 0; i < MAX_CAUSES && current != null; i++) {
			if (current.toString().contains(this.value)) {
				return null;
			}
			current = current.getCause();
		}
		return cause;
	}

}
