package io.github.tursospring.mock;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A request that the server has received. It holds neither the API token nor the value of
 * any header.
 *
 * @param time when it was received
 * @param method the HTTP method
 * @param path the decoded path
 * @param parameters the query parameters; a parameter can have several values
 * @param headers the names of the headers, in lower case
 * @since 0.1.0
 */
public record MockRequest(Instant time, String method, String path, Map<String, List<String>> parameters,
		Set<String> headers) {

	/**
	 * Return the first value of a query parameter.
	 * @param name the name of the parameter
	 * @return the value, or {@code null} if the request has no such parameter
	 */
	public @Nullable String parameter(String name) {
		List<String> values = this.parameters.get(name);
		return (values != null) ? values.get(0) : null;
	}

	/**
	 * Return whether the request has a header.
	 * @param name the name of the header in any case
	 * @return {@code true} if it has
	 */
	public boolean hasHeader(String name) {
		return this.headers.contains(name.toLowerCase(Locale.ROOT));
	}

	MockRequest without(String token) {
		Map<String, List<String>> shown = this.parameters.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap((entry) -> without(token, entry.getKey()),
					(entry) -> entry.getValue().stream().map((value) -> without(token, value)).toList()));
		return new MockRequest(this.time, this.method, without(token, this.path), shown, this.headers);
	}

	private static String without(String token, String text) {
		return text.replace(token, "<token>");
	}

}
