package io.github.tursospring.mock.activity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.activity.Member.Location;

/**
 * The entries that one activity writes, one after the other.
 */
final class Trail {

	private static final List<String> WORDS = List.of("amber", "basalt", "cedar", "delta", "ember", "fjord", "garnet",
			"harbor", "indigo", "juniper", "karst", "lagoon", "maple", "nectar", "onyx", "pine", "quartz", "raven",
			"saffron", "tundra");

	private final Member member;

	private final Random random;

	private final List<MockEntry> entries = new ArrayList<>();

	private Instant time;

	Trail(Member member, Instant start, Random random) {
		this.member = member;
		this.time = start;
		this.random = random;
	}

	/**
	 * Write an entry.
	 * @param code what was done
	 * @param message what was done, in words
	 * @param data names and values of the details, in turns
	 */
	void write(String code, String message, Object... data) {
		writeAs(this.member.name(), code, message, data);
	}

	/**
	 * Write an entry of somebody else.
	 * @param author who did it
	 * @param code what was done
	 * @param message what was done, in words
	 * @param data names and values of the details, in turns
	 */
	void writeAs(String author, String code, String message, Object... data) {
		Location location = this.member.location();
		this.entries.add(MockEntry.of(code)
			.message(message)
			.origin(this.member.origin())
			.author(author)
			.createdAt(this.time)
			.data(object(data))
			.with("city", location.city())
			.with("country_code", location.countryCode())
			.with("latitude", location.latitude())
			.with("longitude", location.longitude())
			.with("ip", location.ip()));
	}

	/**
	 * Return a JSON object whose properties keep their order.
	 * @param properties names and values, in turns
	 * @return the object
	 */
	static Map<String, Object> object(Object... properties) {
		Map<String, Object> object = new LinkedHashMap<>();
		for (int i = 0; i < properties.length; i += 2) {
			object.put((String) properties[i], properties[i + 1]);
		}
		return object;
	}

	/**
	 * Advance the time: at least half of the given time, and at most all of it.
	 * @param atMost the time
	 */
	void pause(Duration atMost) {
		this.time = this.time.plusSeconds(atMost.toSeconds() * (50 + number(51)) / 100);
	}

	/**
	 * Return a number that is 0 or more and below the bound.
	 * @param bound the bound
	 * @return the number
	 */
	int number(int bound) {
		return this.random.nextInt(bound);
	}

	/**
	 * Return any of the given values.
	 * @param values the values
	 * @return one of them
	 */
	String any(List<String> values) {
		return values.get(number(values.size()));
	}

	/**
	 * Return a name that has most likely not been used before.
	 * @param prefix how it starts
	 * @return the name
	 */
	String newName(String prefix) {
		return "%s-%s-%04x".formatted(prefix, any(WORDS), number(0x10000));
	}

	List<MockEntry> entries() {
		return this.entries;
	}

}
