package io.github.tursospring.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.springframework.boot.convert.DurationStyle;

/**
 * Checks that properties are in their range, and names the key and the range otherwise.
 * For the auto-configurations of this library.
 */
public final class ConfigurationRange {

	private static final List<ChronoUnit> UNITS = List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES,
			ChronoUnit.SECONDS, ChronoUnit.MILLIS);

	private ConfigurationRange() {
	}

	/**
	 * Check a duration.
	 * @param key the key of the property
	 * @param value the value
	 * @param least the least value
	 * @param most the largest value
	 * @return the value
	 * @throws TursoConfigurationException if the value is out of range
	 */
	public static Duration check(String key, Duration value, Duration least, Duration most) {
		if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
			throw new TursoConfigurationException("The value " + text(value) + " of '" + key + "' is out of range.",
					"Set '" + key + "' to a duration from " + text(least) + " to " + text(most) + ", such as "
							+ text(least.isZero() ? most : least) + ". A number without a unit is milliseconds.");
		}
		return value;
	}

	/**
	 * Check a number.
	 * @param key the key of the property
	 * @param value the value
	 * @param least the least value
	 * @param most the largest value
	 * @return the value
	 * @throws TursoConfigurationException if the value is out of range
	 */
	public static int check(String key, int value, int least, int most) {
		if (value < least || value > most) {
			throw outOfRange(key, value, least, most);
		}
		return value;
	}

	/**
	 * Check a number.
	 * @param key the key of the property
	 * @param value the value
	 * @param least the least value
	 * @param most the largest value
	 * @return the value
	 * @throws TursoConfigurationException if the value is out of range
	 */
	public static double check(String key, double value, int least, int most) {
		if (!(value >= least && value <= most)) {
			throw outOfRange(key, value, least, most);
		}
		return value;
	}

	private static TursoConfigurationException outOfRange(String key, Number value, int least, int most) {
		return new TursoConfigurationException("The value " + value + " of '" + key + "' is out of range.",
				"Set '" + key + "' to a number from " + least + " to " + most + ".");
	}

	private static String text(Duration value) {
		if (value.isZero()) {
			return "0s";
		}
		return UNITS.stream()
			.filter((unit) -> value.truncatedTo(unit).equals(value))
			.findFirst()
			.map((unit) -> DurationStyle.SIMPLE.print(value, unit))
			.orElseGet(value::toString);
	}

}
