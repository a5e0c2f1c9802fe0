package io.github.tursospring.auditlog.internal.http;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Text that no message may show: the API token, or another credential. Redacts what
 * others have written, unless the text is too short for a credential.
 */
public final class Secret {

	private static final String MASK = "***";

	/** What is shorter is no credential, and may be part of any word. */
	private static final int LEAST_LENGTH = 6;

	private static final int MAX_CAUSES = 20;

	/**
	 * Whitespace, control characters (C1 included), format characters (bidirectional
	 * controls among them), line and paragraph separators, lone surrogates.
	 */
	private static final Pattern UNPRINTABLE = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

	private static final Pattern DECEPTIVE = Pattern.compile("[\\x{80}-\\x{9f}\\p{Cf}\\p{Zl}\\p{Zp}]");

	private final String value;

	/**
	 * Create a new secret.
	 * @param value the text
	 */
	public Secret(String value) {
		this.value = value;
	}

	String value() {
		return this.value;
	}

	/**
	 * Redact a text of the server for messages.
	 * @param text the text
	 * @return the text on one line, without the secret and without unprintable characters
	 */
	public String redact(String text) {
		return mask(printable(mask(text)));
	}

	private String mask(String text) {
		return isCredential() ? text.replace(this.value, MASK) : text;
	}

	private boolean isCredential() {
		return this.value.length() >= LEAST_LENGTH;
	}

	/**
	 * Return a text on one line, without unprintable characters.
	 * @param text the text
	 * @return the text
	 */
	public static String printable(String text) {
		return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
	}

	/**
	 * Redact the beginning of a text of the server, which can end within the secret.
	 * @param text the beginning of the text
	 * @return the redacted text
	 */
	public String redactTruncated(String text) {
		for (int length = Math.min(this.value.length() - 1, text.length()); length > 0; length--) {
			if (isCredential() && text.regionMatches(text.length() - length, this.value, 0, length)) {
				return redact(text.substring(0, text.length() - length) + MASK);
			}
		}
		return redact(text);
	}

	/**
	 * Return a cause that may be shown.
	 * @param cause the cause
	 * @return the cause, or {@code null} if the text of its stack trace contains the
	 * secret or characters that change how it is displayed
	 */
	public @Nullable Throwable showable(Throwable cause) {
		Throwable current = cause;
		for (int i = 0; i < MAX_CAUSES && current != null; i++) {
			String text = current.toString();
			if (!mask(text).equals(text) || DECEPTIVE.matcher(text).find()) {
				return null;
			}
			current = current.getCause();
		}
		return cause;
	}

}
