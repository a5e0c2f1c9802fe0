package io.github.tursospring.sample.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects findings: the first ones, and how many there are.
 */
final class Findings {

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
			list.add(Finding.ofChain("more", (this.count - MAX) + " further findings are not listed"));
		}
		return list;
	}

}
