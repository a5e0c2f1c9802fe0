package io.github.tursospring.auditlog.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryAfter}.
 */
class RetryAfterTests {

	private static final String DATE = "Wed, 20 Dec 2023 09:46:08 GMT";

	/** Of a clock that is wrong by years. */
	private static final Instant NOW = Instant.parse("2020-01-01T00:00:00Z");

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 1", "60, 60", "' 120 ', 120", "007, 7", "3600, 3600", "99999999999, 3153600000",
			"999999999999999999, 3153600000" })
	void parseShouldReadSeconds(String retryAfter, long seconds) {
		assertThat(RetryAfter.parse(retryAfter, DATE, NOW)).isEqualTo(Duration.ofSeconds(seconds));
		assertThat(RetryAfter.parse(retryAfter, null, NOW)).isEqualTo(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@ValueSource(strings = { "9999999999999999999", "99999999999999999999999999999999999999" })
	void parseWhenSecondsAreHugeShouldLimitThem(String retryAfter) {
		assertThat(RetryAfter.parse(retryAfter, DATE, NOW)).isGreaterThan(Duration.ofDays(30_000));
	}

	@ParameterizedTest
	@ValueSource(strings = { "99999999999", "999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT" })
	void parseWhenWaitIsExtremeShouldNotOverflow(String retryAfter) {
		assertThat(RetryAfter.parse(retryAfter, DATE, NOW).toNanos()).isPositive();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Wed, 20 Dec 2023 09:46:08 GMT   | 0
			Wed, 20 Dec 2023 09:46:09 GMT   | 1
			Wed, 20 Dec 2023 09:47:08 GMT   | 60
			Thu, 21 Dec 2023 09:46:08 GMT   | 86400
			' Wed, 20 Dec 2023 09:46:38 GMT ' | 30
			""")
	void parseOfDateShouldBeRelativeToDateOfResponse(String retryAfter, long seconds) {
		assertThat(RetryAfter.parse(retryAfter, DATE, NOW)).isEqualTo(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "yesterday", "1703065568" })
	void parseOfDateWhenResponseHasNoDateShouldBeRelativeToNow(String date) {
		assertThat(RetryAfter.parse("Wed, 01 Jan 2020 00:00:30 GMT", date, NOW)).isEqualTo(Duration.ofSeconds(30));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Wed, 20 Dec 2023 09:46:07 GMT", "Tue, 19 Dec 2023 09:46:08 GMT",
			"Thu, 01 Jan 1970 00:00:00 GMT" })
	void parseWhenDateIsPastShouldReturnZero(String retryAfter) {
		assertThat(RetryAfter.parse(retryAfter, DATE, NOW)).isEqualTo(Duration.ZERO);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "  ", "soon", "-1", "+1", "1.5", "1s", "1 2", "٣", "2023-12-20T09:46:08Z",
			"Wed, 32 Dec 2023 09:46:08 GMT", "Mon, 20 Dec 2023 09:46:08 GMT" })
	void parseWhenValueIsInvalidShouldReturnNull(String retryAfter) {
		assertThat(RetryAfter.parse(retryAfter, DATE, NOW)).isNull();
	}

	@Test
	void parseShouldNotDependOnLocale() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
			assertThat(RetryAfter.parse("Wed, 20 Dec 2023 09:46:38 GMT", DATE, NOW)).isEqualTo(Duration.ofSeconds(30));
		}
		finally {
			Locale.setDefault(before);
		}
	}

}
