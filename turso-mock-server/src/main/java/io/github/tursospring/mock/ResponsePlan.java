package io.github.tursospring.mock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides which response a request gets. Not safe for use by several threads.
 */
final class ResponsePlan {

	private final List<Rule> rules = new ArrayList<>();

	private final Deque<MockResponse> enqueued = new ArrayDeque<>();

	private MockResponse otherwise = MockResponse.page();

	void enqueue(List<MockResponse> responses) {
		this.enqueued.addAll(responses);
	}

	void respondWhen(Predicate<MockRequest> condition, MockResponse response) {
		this.rules.add(new Rule(condition, response));
	}

	void respond(MockResponse response) {
		this.rules.clear();
		this.otherwise = response;
	}

	void reset() {
		respond(MockResponse.page());
		this.enqueued.clear();
	}

	MockResponse next(MockRequest request) {
		for (Rule rule : this.rules) {
			if (rule.condition().test(request)) {
				return rule.response();
			}
		}
		MockResponse next = this.enqueued.poll();
		return (next != null) ? next : this.otherwise;
	}

	private record Rule(Predicate<MockRequest> condition, MockResponse response) {

	}

}
