package io.github.tursospring.auditlog.follow;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Encodes names as parts of file names that differ in more than case: capital letters get
 * an underscore before them, and what is no letter, digit or hyphen is written as
 * {@code ~xx}, byte by byte.
 */
final class FileNames {

	private static final Pattern SPECIAL = Pattern.compile("[^a-zA-Z0-9-]+");

	private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

	private static final Pattern ENCODED = Pattern.compile("((?:~[0-9a-f]{2})+)|_([a-z])");

	private FileNames() {
	}

	static String encode(String name) {
		String escaped = SPECIAL.matcher(name).replaceAll((match) -> escape(match.group()));
		return CAPITAL.matcher(escaped).replaceAll((match) -> "_" + match.group().toLowerCase(Locale.ROOT));
	}

	private static String escape(String text) {
		return "~" + HexFormat.ofDelimiter("~").formatHex(text.getBytes(StandardCharsets.UTF_8));
	}

	static String decode(String encoded) {
		return ENCODED.matcher(encoded).replaceAll(FileNames::decode);
	}

	private static String decode(MatchResult match) {
		if (match.group(2) != null) {
			return match.group(2).toUpperCase(Locale.ROOT);
		}
		byte[] bytes = HexFormat.of().parseHex(match.group(1).replace("~", ""));
		return new String(bytes, StandardCharsets.UTF_8).replace("\\", "\\\\").replace("$", "\\$");
	}

}
