package io.github.tursospring.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rows of the logs that are read. Row 1 is the oldest; a row's number determines its
 * content and its time. Times are uneven, as people work: one row every 30 seconds on
 * average from 8:00 to 18:00, and none at night or at weekends. One row in twenty shares
 * the second of the row before it.
 */
public final class Rows {

	private static final LocalDateTime START = LocalDateTime.of(2015, 1, 1, 8, 0);

	private static final int END_OF_WORK = 18;

	private static final int AVERAGE_GAP = 30;

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
		LocalDateTime time = START;
		for (int i = 0; i < count; i++) {
			this.seconds[i] = time.toEpochSecond(ZoneOffset.UTC);
			time = time.plusSeconds((random.nextInt(20) == 0) ? 0 : 1 + random.nextInt(2 * AVERAGE_GAP));
			if (time.getHour() >= END_OF_WORK) {
				int days = (time.getDayOfWeek() == DayOfWeek.FRIDAY) ? 3 : 1;
				time = time.toLocalDate().plusDays(days).atTime(START.toLocalTime());
			}
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
