package io.github.tursospring.sample.reading;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts how often each key occurs, in bounded memory: exactly for as many keys as it has
 * room for; what comes up beyond those is counted together.
 *
 * @param <K> type of the keys
 */
final class Tally<K> {

	private final Map<K, Long> counts = new HashMap<>();

	private final int room;

	private long others;

	Tally(int room) {
		this.room = room;
	}

	void add(K key) {
		if (this.counts.size() < this.room || this.counts.containsKey(key)) {
			this.counts.merge(key, 1L, Long::sum);
		}
		else {
			this.others++;
		}
	}

	/**
	 * Return the counts, the greatest first.
	 * @return the keys and how often each occurred
	 */
	List<Map.Entry<K, Long>> descending() {
		return this.counts.entrySet()
			.stream()
			.sorted(Map.Entry.<K, Long>comparingByValue()
				.reversed()
				.thenComparing((entry) -> entry.getKey().toString(), Comparator.naturalOrder()))
			.toList();
	}

	long others() {
		return this.others;
	}

}
