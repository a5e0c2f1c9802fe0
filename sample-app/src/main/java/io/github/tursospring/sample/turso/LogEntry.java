package io.github.tursospring.sample.turso;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An entry of an audit log, as Turso writes it: without an id, and to the second.
 *
 * @param code what was done
 * @param message what was done, in words
 * @param origin where it was done from: {@code cli} or {@code web}
 * @param author who did it
 * @param createdAt when it was done, cut to whole seconds
 * @param data the details
 * @param location where the author was, {@code null} for an entry without these fields
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record LogEntry(String code, String message, String origin, String author, Instant createdAt,
		Map<String, Object> data, @JsonUnwrapped @Nullable Location location) {

	public LogEntry {
		createdAt = createdAt.truncatedTo(ChronoUnit.SECONDS);
	}

	/**
	 * Where an author was, as strings, the way Turso writes it.
	 *
	 * @param city the city
	 * @param countryCode the code of the country
	 * @param latitude the latitude in degrees
	 * @param longitude the longitude in degrees
	 * @param ip the IP address
	 */
	@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
	public record Location(String city, String countryCode, String latitude, String longitude, String ip) {
	}

}
