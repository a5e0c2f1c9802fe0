package io.github.tursospring.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * Medians, and figures as text.
 */
final class Figures {

	private Figures() {
	}

	static double median(double... values) {
		double[] sorted = Arrays.stream(values).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
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
