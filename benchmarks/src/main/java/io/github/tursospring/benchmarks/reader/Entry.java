package io.github.tursospring.benchmarks.reader;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the peers have it: a record of the same fields as the library's.
 *
 * @param code what was done
 * @param message the message
 * @param origin where from
 * @param author who did it
 * @param createdAt when
 * @param data the details
 * @param ip the address
 * @param city its city
 * @param countryCode its country
 * @param latitude its latitude
 * @param longitude its longitude
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Entry(String code, String message, String origin, String author,
		@JsonProperty("created_at") @Nullable Instant createdAt, Map<String, Object> data, @Nullable String ip,
		@Nullable String city, @JsonProperty("country_code") @Nullable String countryCode, @Nullable String latitude,
		@Nullable String longitude) {
}
