package io.github.tursospring.sample.evidence;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Something that does not fit: in an entry, in the seal of a day, or in the chain.
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

	/**
	 * Collects findings: the first ones, and how many there are.
	 */
	static final class Findings {

		private static final int MAX = 100;

		private final List<Finding> first = new ArrayList<>();

		private long count;

		void add(Finding finding) {
			this.count++;
			if (this.first.size() < MAX) {
				this.first.add(finding);
			}
		}

		List<Finding> list() {
			List<Finding> list = new ArrayList<>(this.first);
			if (this.count > MAX) {
				list.add(ofChain("more", (this.count - MAX) + " further findings are not listed"));
			}
			return list;
		}

	}

}
