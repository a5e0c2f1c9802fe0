package io.github.tursospring.auditlog.internal.observation;

import java.util.Locale;

/**
 * Values of keys, the same in meters and observations.
 */
final class KeyValues {

	private KeyValues() {
	}

	/**
	 * Return the value of a constant.
	 * @param constant the constant, such as {@code STREAM_ALL}
	 * @return the value, such as {@code stream-all}
	 */
	static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
