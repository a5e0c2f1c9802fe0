package io.github.tursospring.auditlog;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the forms in which an entry's time is read.
 */
class AuditLogTimestampTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			2023-12-20T09:46:08Z,                2023-12-20T09:46:08Z
			2023-12-20t09:46:08z,                2023-12-20T09:46:08Z
			2023-12-20T11:46:08+02:00,           2023-12-20T09:46:08Z
			2023-12-20T04:16:08-05:30,           2023-12-20T09:46:08Z
			2023-12-20T11:46:08+0200,            2023-12-20T09:46:08Z
			2023-12-20T11:46:08+02,              2023-12-20T09:46:08Z
			2023-12-20T09:46:08+00:00,           2023-12-20T09:46:08Z
			2023-12-20T09:46:08-00:00,           2023-12-20T09:46:08Z
			2023-12-21T00:46:08+15:00,           2023-12-20T09:46:08Z
			2023-12-20T09:46:08.1Z,              2023-12-20T09:46:08.1Z
			2023-12-20T09:46:08.123Z,            2023-12-20T09:46:08.123Z
			2023-12-20T09:46:08.123456Z,         2023-12-20T09:46:08.123456Z
			2023-12-20T09:46:08.123456789Z,      2023-12-20T09:46:08.123456789Z
			2023-12-20T11:46:08.5+02:00,         2023-12-20T09:46:08.5Z
			2023-12-20T09:46Z,                   2023-12-20T09:46:00Z
			2023-12-20T09:46:08,                 2023-12-20T09:46:08Z
			2023-12-20T09:46:08.123,             2023-12-20T09:46:08.123Z
			2023-12-20 09:46:08,                 2023-12-20T09:46:08Z
			2023-12-20 09:46:08Z,                2023-12-20T09:46:08Z
			2023-12-20 09:46:08.123Z,            2023-12-20T09:46:08.123Z
			2023-12-20 11:46:08+02:00,           2023-12-20T09:46:08Z
			2023-12-20 11:46:08 +0200,           2023-12-20T09:46:08Z
			2023-12-20 09:46:08 Z,               2023-12-20T09:46:08Z
			'  2023-12-20T09:46:08Z ',           2023-12-20T09:46:08Z
			1969-12-31T23:59:59Z,                1969-12-31T23:59:59Z
			2024-02-29T23:59:59Z,                2024-02-29T23:59:59Z
			""")
	void readShouldParseText(String text, Instant time) {
		assertThat(read("\"" + text + "\"")).isEqualTo(AuditLog.builder().createdAt(time).build());
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			1703065568,       2023-12-20T09:46:08Z
			1703065568000,    2023-12-20T09:46:08Z
			1703065568123,    2023-12-20T09:46:08.123Z
			0,                1970-01-01T00:00:00Z
			-1,               1969-12-31T23:59:59Z
			99999999999,      5138-11-16T09:46:39Z
			100000000000,     1973-03-03T09:46:40Z
			1.703065568e9,    2023-12-20T09:46:08Z
			1703065568.25,    2023-12-20T09:46:08.25Z
			""")
	void readShouldParseSecondsAndMilliseconds(String number, Instant time) {
		assertThat(read(number)).isEqualTo(AuditLog.builder().createdAt(time).build());
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\"", "\" \"", "\"yesterday\"", "\"2023-12-20\"", "\"09:46:08Z\"",
			"\"2023-13-20T09:46:08Z\"", "\"2023-02-30T09:46:08Z\"", "\"2023-12-20T25:46:08Z\"",
			"\"2023-12-20T09:46:08+99:00\"", "true", "{}", "[1703065568]", "18446744073709551617",
			"-18446744073709551617", "1e30", "-9223372036854775808" })
	void readWhenTextIsNotTimeShouldKeepItAsAdditional(String json) {
		AuditLog entry = read(json);
		assertThat(entry.createdAt()).isNull();
		assertThat(entry.additional()).containsOnlyKeys("created_at");
		assertThat(new JsonMapper().writeValueAsString(entry.additional().get("created_at")))
			.isEqualToIgnoringCase(json.replace("1e30", "1.0E30"));
	}

	@Test
	void readOfTursosFormShouldEqualFormatter() {
		Random random = new Random(7);
		for (int i = 0; i < 20_000; i++) {
			String text = Instant.ofEpochSecond(random.nextLong(-62_135_596_800L, 253_402_300_800L)).toString();
			char[] characters = text.toCharArray();
			if (i % 2 == 0) {
				characters[(i % 4 == 0) ? random.nextInt(1, 10) : random.nextInt(11, 19)] = "0123456789:-TZ+. "
					.charAt(random.nextInt(17));
			}
			String changed = new String(characters);
			assertThat(Timestamps.parse(changed)).as(changed).isEqualTo(parse(changed));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "2023-12-20T24:00:00Z", "2016-12-31T23:59:60Z", "2023-02-29T00:00:00Z",
			"2024-02-29T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2023-00-10T00:00:00Z",
			"2023-04-31T00:00:00Z", "2023-12-20T23:60:00Z", "2023-12-20T23:59:61Z", "2023-12-20T\u0660\u0660:00:00Z" })
	void readOfEdgesOfTursosFormShouldEqualFormatter(String text) {
		assertThat(Timestamps.parse(text)).isEqualTo(parse(text));
	}

	private static @Nullable Instant parse(String text) {
		try {
			return Instant.parse(text);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static AuditLog read(String createdAt) {
		return new JsonMapper().readValue("{\"created_at\":" + createdAt + "}", AuditLog.class);
	}

}
