package io.github.tursospring.benchmarks.scenario;

import java.util.Locale;

/**
 * Writes figures.
 */
final class Format {

	private Format() {
	}

	static String whole(double value) {
		return String.format(Locale.ROOT, "%,.0f", value);
	}

	static String fixed(double value, int digits) {
		return String.format(Locale.ROOT, "%." + digits + "f", value);
	}

	static String millis(double seconds) {
		double millis = seconds * 1000;
		return String.format(Locale.ROOT, (millis < 10) ? "%.2f ms" : "%,.0f ms", millis);
	}

	static String times(double ratio) {
		return fixed(ratio, 2) + "x";
	}

}
