package io.github.tursospring.mock;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An entry of an audit log, as the JSON object that the server sends. Immutable: each
 * method that sets a field returns a changed copy.
 *
 * @param fields the fields in the order in which they are sent
 * @since 0.1.0
 */
public record MockEntry(Map<String, @Nullable Object> fields) {

	static final JsonMapper JSON = new JsonMapper();

	private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");

	public MockEntry {
		fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
	}

	/**
	 * Return an entry of the present time with every documented field.
	 * @param code the code, such as {@code db-create}
	 * @return the entry
	 */
	public static MockEntry of(String code) {
		return of(code, "", Instant.now());
	}

	private static MockEntry of(String code, String message, Instant createdAt) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("code", code);
		fields.put("message", message);
		fields.put("origin", "cli");
		fields.put("author", "iku");
		fields.put("created_at", createdAt.truncatedTo(ChronoUnit.SECONDS).toString());
		fields.put("data", Map.of());
		return new MockEntry(fields);
	}

	/**
	 * Return an entry with exactly the fields of a JSON object.
	 * @param json the JSON object
	 * @return the entry
	 */
	@SuppressWarnings("unchecked")
	public static MockEntry ofJson(String json) {
		return new MockEntry(JSON.readValue(json, LinkedHashMap.class));
	}

	/**
	 * Return an entry whose message is a number: one a second from 2024 on; every tenth
	 * is a {@code db-delete}, the others are {@code db-create}.
	 * @param number the number, 1 for the oldest entry
	 * @return the entry
	 */
	public static MockEntry numbered(int number) {
		String code = (number % 10 == 0) ? "db-delete" : "db-create";
		return of(code, String.valueOf(number), FIRST.plusSeconds(number));
	}

	/**
	 * Return the code.
	 * @return the code, or {@code null} if it is absent or not text
	 */
	public @Nullable String code() {
		return text("code");
	}

	/**
	 * Return the message.
	 * @return the message, or {@code null} if it is absent or not text
	 */
	public @Nullable String message() {
		return text("message");
	}

	/**
	 * Return the author.
	 * @return the author, or {@code null} if it is absent or not text
	 */
	public @Nullable String author() {
		return text("author");
	}

	/**
	 * Return this entry with another message.
	 * @param message the message
	 * @return the copy
	 */
	public MockEntry message(String message) {
		return with("message", message);
	}

	/**
	 * Return this entry with another origin.
	 * @param origin the origin: {@code cli}, {@code web}, or any other
	 * @return the copy
	 */
	public MockEntry origin(String origin) {
		return with("origin", origin);
	}

	/**
	 * Return this entry with another author.
	 * @param author the author
	 * @return the copy
	 */
	public MockEntry author(String author) {
		return with("author", author);
	}

	/**
	 * Return this entry with another time.
	 * @param createdAt the time, of which the server keeps whole seconds
	 * @return the copy
	 */
	public MockEntry createdAt(Instant createdAt) {
		return with("created_at", createdAt.truncatedTo(ChronoUnit.SECONDS).toString());
	}

	/**
	 * Return the time of this entry.
	 * @return the time, or {@code null} if it is absent or not a timestamp
	 */
	public @Nullable Instant createdAt() {
		try {
			String text = text("created_at");
			return (text != null) ? Instant.parse(text) : null;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	/**
	 * Return this entry with other details.
	 * @param data the details
	 * @return the copy
	 */
	public MockEntry data(Map<String, ? extends @Nullable Object> data) {
		return with("data", data);
	}

	/**
	 * Return this entry with any field set, such as {@code ip}.
	 * @param name the name of the field in JSON
	 * @param value the value: text, a number, a boolean, a list, a map or {@code null}
	 * @return the copy
	 */
	public MockEntry with(String name, @Nullable Object value) {
		Map<String, @Nullable Object> changed = new LinkedHashMap<>(this.fields);
		changed.put(name, value);
		return new MockEntry(changed);
	}

	/**
	 * Return this entry without a field.
	 * @param name the name of the field in JSON
	 * @return the copy
	 */
	public MockEntry without(String name) {
		Map<String, @Nullable Object> changed = new LinkedHashMap<>(this.fields);
		changed.remove(name);
		return new MockEntry(changed);
	}

	private @Nullable String text(String name) {
		return (this.fields.get(name) instanceof String text) ? text : null;
	}

}
