package io.github.tursospring.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Writes the rows of the log that everything is measured on. A row is told by its number,
 * from 1, the oldest: the number is the last part of its message, and decides all else.
 */
public final class RowText {

	private static final long FIRST_SECOND = Instant.parse("2025-01-01T00:00:00Z").getEpochSecond();

	/** One row every so many seconds, on average. */
	private static final int PACE = 10;

	private static final List<String> AUTHORS = List.of("iku", "notrab", "glommer", "penberg", "ci-bot", "terraform");

	private static final List<String> PLACES = List.of(
			"\"city\":\"Dublin\",\"country_code\":\"IE\",\"latitude\":\"53.3498\",\"longitude\":\"-6.2603\"",
			"\"city\":\"Espoo\",\"country_code\":\"FI\",\"latitude\":\"60.2055\",\"longitude\":\"24.6559\"",
			"\"city\":\"Austin\",\"country_code\":\"US\",\"latitude\":\"30.2672\",\"longitude\":\"-97.7431\"",
			"\"city\":\"S\u00e3o Paulo\",\"country_code\":\"BR\",\"latitude\":\"-23.5505\",\"longitude\":\"-46.6333\"");

	private RowText() {
	}

	/**
	 * Return a row's JSON.
	 * @param number the row's number
	 * @return the JSON
	 */
	public static String of(long number) {
		StringBuilder row = new StringBuilder(400);
		int kind = (int) (number % 4);
		row.append("{\"code\":\"").append(code(kind)).append("\",\"message\":\"").append(action(kind));
		row.append(" orders-").append(number);
		row.append("\",\"origin\":\"").append((number % 3 == 0) ? "web" : "cli");
		row.append("\",\"author\":\"").append(AUTHORS.get((int) (number % AUTHORS.size())));
		row.append("\",\"created_at\":\"").append(time(number)).append("\",\"data\":");
		appendData(row, kind, number);
		row.append(',').append(PLACES.get((int) (number % PLACES.size())));
		return row.append(",\"ip\":\"203.0.113.").append(number % 250).append("\"}").toString();
	}

	/**
	 * Return the first rows, newest first.
	 * @param count how many
	 * @return their JSON
	 */
	public static Stream<String> rows(int count) {
		return LongStream.rangeClosed(1, count).mapToObj((index) -> of(count + 1L - index));
	}

	/**
	 * Return the only page of a log.
	 * @param rows how many rows it has
	 * @return the answer's body
	 */
	public static byte[] page(int rows) {
		String text = rows(rows)
			.collect(Collectors.joining(",", "{\"audit_logs\":[", "],\"pagination\":{\"page\":1,\"page_size\":" + rows
					+ ",\"total_pages\":1,\"total_rows\":" + rows + "}}"));
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String code(int kind) {
		return switch (kind) {
			case 0 -> "db-create";
			case 1 -> "db-delete";
			case 2 -> "db-token-create";
			default -> "org-member-add";
		};
	}

	private static String action(int kind) {
		return switch (kind) {
			case 0 -> "created database";
			case 1 -> "deleted database";
			case 2 -> "created a token for database";
			default -> "added a member to";
		};
	}

	private static void appendData(StringBuilder row, int kind, long number) {
		switch (kind) {
			case 0 -> row.append("{\"database\":\"orders-")
				.append(number)
				.append("\",\"group\":\"default\",\"location\":\"aws-eu-west-1\",\"size\":")
				.append(number % 1000)
				.append(",\"schema\":false}");
			case 1 -> row.append("{\"database\":\"orders-").append(number).append("\",\"group\":\"default\"}");
			case 2 -> row.append("{\"database\":\"orders-")
				.append(number)
				.append("\",\"expiration\":\"7d\",\"permissions\":{\"read\":[\"orders\",\"customers\"],\"write\":[]}}");
			default -> row.append("{}");
		}
	}

	/**
	 * Return when a row was added. Of every twenty rows, two share a second.
	 * @param number the row's number
	 * @return the time, in whole seconds
	 */
	public static Instant time(long number) {
		long tick = (number % 20 == 0) ? number - 1 : number;
		return Instant.ofEpochSecond(FIRST_SECOND + tick * PACE);
	}

	/**
	 * Return the number of the row that has a message.
	 * @param message the message
	 * @return the row's number
	 */
	public static long number(String message) {
		return Long.parseLong(message, message.lastIndexOf('-') + 1, message.length(), 10);
	}

}
