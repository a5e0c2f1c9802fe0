package io.github.tursospring.auditlog;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * An entry of an audit log: who did what, when and from where.
 * <p>
 * A value: two entries are equal when all their fields are. Turso marks no property as
 * required, so any field can be missing. Jackson writes an entry with Turso's own field
 * names and its {@link #id() id}, and reads it back; an {@code id} that the server sent
 * is written as {@code server_entry_id}.
 *
 * @since 0.1.0
 */
@JsonSerialize(using = AuditLogSerializer.class)
@JsonDeserialize(using = AuditLogDeserializer.class)
public final class AuditLog {

	private final @Nullable AuditLogCode code;

	private final @Nullable String message;

	private final @Nullable String origin;

	private final @Nullable String author;

	private final @Nullable Instant createdAt;

	private final Map<String, @Nullable Object> data;

	private final @Nullable String ip;

	private final @Nullable String city;

	private final @Nullable String countryCode;

	private final @Nullable String latitude;

	private final @Nullable String longitude;

	private final Map<String, @Nullable Object> additional;

	private AuditLog(Builder builder) {
		this.code = builder.code;
		this.message = builder.message;
		this.origin = builder.origin;
		this.author = builder.author;
		this.createdAt = builder.createdAt;
		this.data = builder.data;
		this.ip = builder.ip;
		this.city = builder.city;
		this.countryCode = builder.countryCode;
		this.latitude = builder.latitude;
		this.longitude = builder.longitude;
		if (builder.additional == null) {
			this.additional = Map.of();
		}
		else {
			this.additional = Collections.unmodifiableMap(new LinkedHashMap<>(builder.additional));
		}
	}

	/**
	 * Return a builder of entries, for tests and for entries from elsewhere.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the id of this entry, which {@link AuditLogClient#retrieve(String)} takes.
	 * <p>
	 * Turso's API documents none, so the id is derived: {@code <epoch second>-<hash>}
	 * over code, message, origin, author, creation time and data. It is the same on every
	 * machine and does not change when Turso adds fields; an {@code id} that the server
	 * sends is one of the {@link #additional() additional} fields. Entries that are
	 * identical in all of these fields share it. An entry without a creation time has the
	 * second 0 and cannot be retrieved. Computed at each call.
	 * @return the id
	 */
	public String id() {
		return EntryId.of(this);
	}

	/**
	 * Return the second in which the entry of an {@link #id() id} was created.
	 * @param id the id
	 * @return the second, {@code null} if the text does not have the form of an id
	 */
	public static @Nullable Instant secondOf(String id) {
		return EntryId.secondOf(id);
	}

	/**
	 * Return what was done.
	 * @return the code, {@code null} if the server sent none
	 */
	public @Nullable AuditLogCode code() {
		return this.code;
	}

	/**
	 * Return the message.
	 * @return the message, {@code null} if the server sent none
	 */
	public @Nullable String message() {
		return this.message;
	}

	/**
	 * Return where it was done from; by Turso's documentation {@code cli} or {@code web}.
	 * @return the origin, {@code null} if the server sent none
	 */
	public @Nullable String origin() {
		return this.origin;
	}

	/**
	 * Return who did it.
	 * @return the name of the user, {@code null} if the server sent none
	 */
	public @Nullable String author() {
		return this.author;
	}

	/**
	 * Return when it was done; Turso writes whole seconds.
	 * @return the time, {@code null} if the server sent none that can be read
	 */
	public @Nullable Instant createdAt() {
		return this.createdAt;
	}

	/**
	 * Return the details, whose form depends on the code.
	 * @return the details, of JSON types (map, list, string, number, boolean and
	 * {@code null}); empty if the server sent none; unmodifiable
	 */
	public Map<String, @Nullable Object> data() {
		return this.data;
	}

	/**
	 * Return the IP address it was done from.
	 * @return the address, {@code null} if the server sent none
	 */
	public @Nullable String ip() {
		return this.ip;
	}

	/**
	 * Return the city of the IP address.
	 * @return the city, {@code null} if the server sent none
	 */
	public @Nullable String city() {
		return this.city;
	}

	/**
	 * Return the code of the IP address's country.
	 * @return the country code, {@code null} if the server sent none
	 */
	public @Nullable String countryCode() {
		return this.countryCode;
	}

	/**
	 * Return the latitude of the IP address, as the server writes it.
	 * @return the latitude, {@code null} if the server sent none
	 */
	public @Nullable String latitude() {
		return this.latitude;
	}

	/**
	 * Return the longitude of the IP address, as the server writes it.
	 * @return the longitude, {@code null} if the server sent none
	 */
	public @Nullable String longitude() {
		return this.longitude;
	}

	/**
	 * Return every other field that the server sent, and the values of known fields that
	 * are not of their field's type, by their names in the response.
	 * @return the fields, of JSON types; unmodifiable
	 */
	public Map<String, @Nullable Object> additional() {
		return this.additional;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (this == other) {
			return true;
		}
		return other instanceof AuditLog that && Objects.equals(this.createdAt, that.createdAt)
				&& Objects.equals(this.code, that.code) && Objects.equals(this.message, that.message)
				&& Objects.equals(this.origin, that.origin) && Objects.equals(this.author, that.author)
				&& this.data.equals(that.data) && Objects.equals(this.ip, that.ip)
				&& Objects.equals(this.city, that.city) && Objects.equals(this.countryCode, that.countryCode)
				&& Objects.equals(this.latitude, that.latitude) && Objects.equals(this.longitude, that.longitude)
				&& this.additional.equals(that.additional);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.createdAt, this.code, this.message, this.origin, this.author, this.data, this.ip,
				this.additional);
	}

	@Override
	public String toString() {
		return "AuditLog[createdAt=" + this.createdAt + ", code=" + this.code + ", message=" + this.message
				+ ", origin=" + this.origin + ", author=" + this.author + ", data=" + this.data + ", ip=" + this.ip
				+ ", city=" + this.city + ", countryCode=" + this.countryCode + ", latitude=" + this.latitude
				+ ", longitude=" + this.longitude + ", additional=" + this.additional + "]";
	}

	/**
	 * Builder of entries. Not safe for use by several threads.
	 */
	public static final class Builder {

		private @Nullable AuditLogCode code;

		private @Nullable String message;

		private @Nullable String origin;

		private @Nullable String author;

		private @Nullable Instant createdAt;

		private Map<String, @Nullable Object> data = Map.of();

		private @Nullable String ip;

		private @Nullable String city;

		private @Nullable String countryCode;

		private @Nullable String latitude;

		private @Nullable String longitude;

		private @Nullable Map<String, @Nullable Object> additional;

		private Builder() {
		}

		/**
		 * Set what was done.
		 * @param code the code
		 * @return this builder
		 */
		public Builder code(@Nullable String code) {
			this.code = (code != null) ? AuditLogCode.of(code) : null;
			return this;
		}

		/**
		 * Set what was done.
		 * @param code the code
		 * @return this builder
		 */
		public Builder code(AuditLogCode code) {
			this.code = code;
			return this;
		}

		/**
		 * Set the message.
		 * @param message the message
		 * @return this builder
		 */
		public Builder message(@Nullable String message) {
			this.message = message;
			return this;
		}

		/**
		 * Set where it was done from.
		 * @param origin the origin
		 * @return this builder
		 */
		public Builder origin(@Nullable String origin) {
			this.origin = origin;
			return this;
		}

		/**
		 * Set who did it.
		 * @param author the author
		 * @return this builder
		 */
		public Builder author(@Nullable String author) {
			this.author = author;
			return this;
		}

		/**
		 * Set when it was done.
		 * @param createdAt the time
		 * @return this builder
		 */
		public Builder createdAt(@Nullable Instant createdAt) {
			this.createdAt = createdAt;
			return this;
		}

		/**
		 * Set the details.
		 * @param data the details, of JSON types; copied at any depth
		 * @return this builder
		 */
		public Builder data(Map<String, ? extends @Nullable Object> data) {
			return unmodifiableData(JsonValues.copyOf(data));
		}

		Builder unmodifiableData(Map<String, @Nullable Object> data) {
			this.data = data;
			return this;
		}

		/**
		 * Set the IP address.
		 * @param ip the address
		 * @return this builder
		 */
		public Builder ip(@Nullable String ip) {
			this.ip = ip;
			return this;
		}

		/**
		 * Set the city.
		 * @param city the city
		 * @return this builder
		 */
		public Builder city(@Nullable String city) {
			this.city = city;
			return this;
		}

		/**
		 * Set the country's code.
		 * @param countryCode the code
		 * @return this builder
		 */
		public Builder countryCode(@Nullable String countryCode) {
			this.countryCode = countryCode;
			return this;
		}

		/**
		 * Set the latitude.
		 * @param latitude the latitude
		 * @return this builder
		 */
		public Builder latitude(@Nullable String latitude) {
			this.latitude = latitude;
			return this;
		}

		/**
		 * Set the longitude.
		 * @param longitude the longitude
		 * @return this builder
		 */
		public Builder longitude(@Nullable String longitude) {
			this.longitude = longitude;
			return this;
		}

		/**
		 * Add a field of another name.
		 * @param name the field's name
		 * @param value its value, of a JSON type; copied at any depth
		 * @return this builder
		 */
		public Builder additional(String name, @Nullable Object value) {
			return unmodifiableAdditional(name, JsonValues.copyOf(value));
		}

		Builder unmodifiableAdditional(String name, @Nullable Object value) {
			if (this.additional == null) {
				this.additional = new LinkedHashMap<>();
			}
			this.additional.put(name, value);
			return this;
		}

		void renameAdditional(String name, String newName) {
			if (this.additional != null && this.additional.containsKey(name)) {
				this.additional.put(newName, this.additional.remove(name));
			}
		}

		/**
		 * Build the entry.
		 * @return the entry
		 */
		public AuditLog build() {
			return new AuditLog(this);
		}

	}

}
