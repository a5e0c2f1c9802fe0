package io.github.tursospring.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rows of the logs that are read. Row 1 is the oldest; a row's number determines its
 * content and its time. Times are uneven, as people work: one row every 10 seconds on
 * average and pauses of up to 16 hours. One row in twenty shares the second of the row
 * before it.
 */
public final class Rows {

	private static final long FIRST_SECOND = Instant.parse("2015-01-01T00:00:00Z").getEpochSecond();

	private static final int LONGEST_PAUSE = 16 * 60 * 60;

	private static final List<String> CODES = List.of("db-create", "db-delete", "db-token-create", "org-member-add");

	private static final List<String> ACTIONS = List.of("created database", "deleted database",
			"created a token for database", "added a member to");

	private static final List<String> AUTHORS = List.of("iku", "notrab", "glommer", "penberg", "ci-bot", "terraform");

	private static final List<String> PLACES = List.of(
			"\"city\":\"Dublin\",\"country_code\":\"IE\",\"latitude\":\"53.3498\",\"longitude\":\"-6.2603\"",
			"\"city\":\"Espoo\",\"country_code\":\"FI\",\"latitude\":\"60.2055\",\"longitude\":\"24.6559\"",
			"\"city\":\"Austin\",\"country_code\":\"US\",\"latitude\":\"30.2672\",\"longitude\":\"-97.7431\"",
			"\"city\":\"S\u00e3o Paulo\",\"country_code\":\"BR\",\"latitude\":\"-23.5505\",\"longitude\":\"-46.6333\"");

	private final long[] seconds;

	/**
	 * Create new rows.
	 * @param count number of rows
	 */
	public Rows(int count) {
		this.seconds = new long[count];
		Random random = new Random(7);
		long second = FIRST_SECOND;
		for (int i = 0; i < count; i++) {
			this.seconds[i] = second;
			boolean pause = random.nextInt(400) == 0;
			boolean shared = random.nextInt(20) == 0;
			int gap = 1 + random.nextInt(20);
			second += pause ? random.nextInt(LONGEST_PAUSE) : shared ? 0 : gap;
		}
	}

	/**
	 * Return the number of rows.
	 * @return the number
	 */
	public int count() {
		return this.seconds.length;
	}

	/**
	 * Return the time of a row.
	 * @param number the row's number
	 * @return the time, in whole seconds
	 */
	public Instant time(int number) {
		return Instant.ofEpochSecond(this.seconds[number - 1]);
	}

	/**
	 * Return all rows, newest first.
	 * @return their JSON
	 */
	public Stream<String> newestFirst() {
		return IntStream.range(0, count()).mapToObj((index) -> json(count() - index));
	}

	/**
	 * Return all rows as the only page of a log.
	 * @return the response body
	 */
	public byte[] page() {
		return newestFirst().collect(Collectors.joining(",", head(), tail(1, count(), count())))
			.getBytes(StandardCharsets.UTF_8);
	}

	static String head() {
		return "{\"audit_logs\":[";
	}

	static String tail(int page, int pageSize, int total) {
		return "],\"pagination\":{\"page\":" + page + ",\"page_size\":" + pageSize + ",\"total_pages\":"
				+ (total + pageSize - 1) / pageSize + ",\"total_rows\":" + total + "}}";
	}

	/**
	 * Return a row.
	 * @param number the row's number
	 * @return its JSON
	 */
	public String json(int number) {
		int kind = number % CODES.size();
		return "{\"code\":\"" + CODES.get(kind) + "\",\"message\":\"" + ACTIONS.get(kind) + " orders-" + number
				+ "\",\"origin\":\"" + ((number % 3 == 0) ? "web" : "cli") + "\",\"author\":\""
				+ AUTHORS.get(number % AUTHORS.size()) + "\",\"created_at\":\"" + time(number) + "\",\"data\":"
				+ data(kind, number) + "," + PLACES.get(number % PLACES.size()) + ",\"ip\":\"203.0.113." + number % 250
				+ "\"}";
	}

	private static String data(int kind, int number) {
		String database = "{\"database\":\"orders-" + number + "\",";
		return switch (kind) {
			case 0 -> database + "\"group\":\"default\",\"location\":\"aws-eu-west-1\",\"size\":" + number % 1000
					+ ",\"schema\":false}";
			case 1 -> database + "\"group\":\"default\"}";
			case 2 ->
				database + "\"expiration\":\"7d\",\"permissions\":{\"read\":[\"orders\",\"customers\"],\"write\":[]}}";
			default -> "{}";
		};
	}

}
