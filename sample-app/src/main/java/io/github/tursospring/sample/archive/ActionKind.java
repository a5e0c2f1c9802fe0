package io.github.tursospring.sample.archive;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogCode;

/**
 * What sort of thing an entry records. Told from the form of its code, so that a code
 * which Turso adds tomorrow finds its place; the first kind that fits counts.
 */
public enum ActionKind {

	/** Access was given or taken: tokens, protection, second factors. */
	ACCESS(".*-token-.*|.*-(un)?protect|mfa-.*"),

	/** Somebody joined or left. */
	MEMBERS(".*-member-.*|user-signup|.*-invite.*"),

	/** Something is gone. */
	DESTRUCTIVE(".*-(delete|destroy|rm|remove)"),

	/** Something is there that was not. */
	CREATED(".*-create"),

	/** Anything else. */
	OTHER(".*");

	private final Pattern codes;

	private final String value = name().toLowerCase(Locale.ROOT);

	ActionKind(String codes) {
		this.codes = Pattern.compile(codes, Pattern.DOTALL);
	}

	/** Return the kind of a code. */
	public static ActionKind of(@Nullable AuditLogCode code) {
		if (code != null) {
			for (ActionKind kind : values()) {
				if (kind.codes.matcher(code.value()).matches()) {
					return kind;
				}
			}
		}
		return OTHER;
	}

	/** Return the kind of a name. */
	public static ActionKind ofName(String value) {
		return Arrays.stream(values())
			.filter((kind) -> kind.value().equals(value))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"kind must be one of " + Arrays.stream(values()).map(ActionKind::value).toList()));
	}

	/** Return the name that parameters and JSON use. */
	@JsonValue
	public String value() {
		return this.value;
	}

}
