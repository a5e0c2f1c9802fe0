package io.github.tursospring.auditlog.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Source of an activity.
 *
 * @param endpoint the source endpoint, {@code null} without a valid address
 * @param unmapped what does not fit into it, by Turso's names
 */
record OcsfSource(@Nullable Map<String, Object> endpoint, Map<String, String> unmapped) {

	private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

	/** Only literal addresses, so that no name is resolved. */
	private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]{1,38}");

	private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");

	static OcsfSource of(AuditLog entry) {
		Map<String, String> unmapped = new LinkedHashMap<>();
		Map<String, Object> location = new LinkedHashMap<>();
		if (entry.city() != null) {
			location.put("city", entry.city());
		}
		if (entry.countryCode() != null && COUNTRY.matcher(entry.countryCode()).matches()) {
			location.put("country", entry.countryCode().toUpperCase(Locale.ROOT));
		}
		else {
			putIfPresent(unmapped, "country_code", entry.countryCode());
		}
		boolean located = isAddress(entry.ip()) && !location.isEmpty();
		coordinate(located ? location : null, "lat", "latitude", entry.latitude(), 90, unmapped);
		coordinate(located ? location : null, "long", "longitude", entry.longitude(), 180, unmapped);
		if (!isAddress(entry.ip())) {
			putIfPresent(unmapped, "ip", entry.ip());
			putIfPresent(unmapped, "city", entry.city());
			putIfPresent(unmapped, "country_code", entry.countryCode());
			return new OcsfSource(null, unmapped);
		}
		Map<String, Object> endpoint = new LinkedHashMap<>();
		endpoint.put("ip", String.valueOf(entry.ip()));
		if (located) {
			endpoint.put("location", location);
		}
		return new OcsfSource(endpoint, unmapped);
	}

	private static void coordinate(@Nullable Map<String, Object> location, String name, String tursoName,
			@Nullable String text, double most, Map<String, String> unmapped) {
		Double value = (location != null) ? parse(text, most) : null;
		if (location != null && value != null) {
			location.put(name, value);
		}
		else {
			putIfPresent(unmapped, tursoName, text);
		}
	}

	private static @Nullable Double parse(@Nullable String text, double most) {
		if (text == null) {
			return null;
		}
		try {
			double value = Double.parseDouble(text.strip());
			return (Math.abs(value) <= most) ? value : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static boolean isAddress(@Nullable String text) {
		if (text == null) {
			return false;
		}
		return IPV4.matcher(text).matches() || (text.indexOf(':') >= 0 && isIpv6(text));
	}

	private static boolean isIpv6(String text) {
		try {
			return IPV6.matcher(text).matches() && InetAddress.getByName(text) != null;
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	private static void putIfPresent(Map<String, String> map, String name, @Nullable String value) {
		if (value != null) {
			map.put(name, value);
		}
	}

}
