package io.github.tursospring.sample.evidence;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * Something that does not fit.
 *
 * @param kind what sort of thing it is
 * @param sequence sequence number of the entry, {@code null} if it is not about one
 * @param day day of the seal, {@code null} if it is not about one
 * @param text what it is
 */
public record Finding(String kind, @Nullable Long sequence, @Nullable LocalDate day, String text) {

	static Finding ofEntry(String kind, long sequence, String text) {
		return new Finding(kind, sequence, null, text);
	}

	static Finding ofSeal(String kind, Seal seal, String text) {
		return new Finding(kind, null, seal.day(), "The seal of " + seal.day() + " " + text);
	}

	static Finding ofChain(String kind, String text) {
		return new Finding(kind, null, null, text);
	}

}
