package io.github.tursospring.auditlog.delivery;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogCode;

/**
 * Maps entries of an audit log to events of the
 * <a href="https://schema.ocsf.io/1.5.0/">Open Cybersecurity Schema Framework</a>, of
 * which later 1.x versions are extensions.
 * <p>
 * Databases, groups of databases, instances, tokens and the organization itself are
 * entities (Entity Management, 3004); members are users of a group, the organization
 * (Group Management, 3006); sign-up, deletion of an account and second factors are
 * changes of an account (Account Change, 3001). An entry with a code that is not one of
 * {@link AuditLogCode}'s constants is an API Activity (6003) of type Other, named after
 * the code. {@code metadata.uid} is the entry's {@link AuditLog#id() id}.
 * <p>
 * Nothing is lost: a field without an attribute is in {@code unmapped}, under Turso's
 * name. Nothing is invented: required text that an entry does not have is
 * {@code Unknown}, the time of an entry without one is the epoch, and every event is
 * informational.
 *
 * @since 0.1.0
 */
public final class OcsfEvents {

	/** The version of the schema, which is {@code metadata.version} of each event. */
	public static final String VERSION = "1.5.0";

	static final String UNKNOWN = "Unknown";

	private OcsfEvents() {
	}

	/**
	 * Map an entry.
	 * @param entry the entry
	 * @param organization the slug of the organization in whose log it is
	 * @return the event, of JSON types; a new map, in the order of the schema's groups
	 */
	public static Map<String, Object> from(AuditLog entry, String organization) {
		OcsfActivity activity = OcsfActivity.of(entry.code());
		OcsfSource source = OcsfSource.of(entry);
		Map<String, Object> event = new LinkedHashMap<>();
		classify(event, activity);
		event.put("time", millis(entry.createdAt()));
		event.put("severity_id", 1);
		event.put("severity", "Informational");
		putIfPresent(event, "message", entry.message());
		event.put("metadata", metadata(entry, organization));
		putIfPresent(event, "actor", actor(entry, activity));
		putIfPresent(event, "src_endpoint", endpoint(source, activity));
		target(event, entry, activity, organization);
		Map<String, @Nullable Object> unmapped = unmapped(entry, source);
		if (!unmapped.isEmpty()) {
			event.put("unmapped", unmapped);
		}
		return event;
	}

	private static void classify(Map<String, Object> event, OcsfActivity activity) {
		OcsfActivity.Type type = activity.type();
		event.put("category_uid", type.categoryUid());
		event.put("category_name", type.category());
		event.put("class_uid", type.uid());
		event.put("class_name", type.caption());
		event.put("activity_id", activity.id());
		event.put("activity_name", activity.name());
		event.put("type_uid", type.uid() * 100L + activity.id());
		event.put("type_name", type.caption() + ": " + ((activity.id() == 99) ? "Other" : activity.name()));
	}

	private static long millis(@Nullable Instant time) {
		try {
			return (time != null) ? time.toEpochMilli() : 0;
		}
		catch (ArithmeticException ex) {
			return 0; // in metadata.original_time
		}
	}

	private static Map<String, Object> metadata(AuditLog entry, String organization) {
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("version", VERSION);
		metadata.put("product", Map.of("name", "Turso Cloud", "vendor_name", "Turso"));
		metadata.put("uid", entry.id());
		putIfPresent(metadata, "event_code", (entry.code() != null) ? entry.code().value() : null);
		metadata.put("tenant_uid", organization);
		metadata.put("log_name", "audit-logs");
		putIfPresent(metadata, "original_time", Objects.toString(entry.createdAt(), null));
		return metadata;
	}

	private static @Nullable Map<String, Object> actor(AuditLog entry, OcsfActivity activity) {
		Map<String, Object> actor = new LinkedHashMap<>();
		String author = entry.author();
		if (author != null && !author.isEmpty()) {
			actor.put("user", Map.of("name", author));
		}
		putIfPresent(actor, "app_name", entry.origin());
		if (actor.isEmpty()) {
			return isApiActivity(activity) ? Map.of("user", Map.of("name", UNKNOWN)) : null;
		}
		return actor;
	}

	private static @Nullable Map<String, Object> endpoint(OcsfSource source, OcsfActivity activity) {
		Map<String, Object> endpoint = source.endpoint();
		return (endpoint == null && isApiActivity(activity)) ? Map.of("name", UNKNOWN) : endpoint;
	}

	private static void target(Map<String, Object> event, AuditLog entry, OcsfActivity activity, String organization) {
		String name = activity.target().nameIn(entry.data());
		switch (activity.type()) {
			case ACCOUNT_CHANGE -> event.put("user", Map.of("name", userName(name, entry)));
			case GROUP_MANAGEMENT -> {
				event.put("group", Map.of("name", organization, "type", OcsfActivity.Target.ORGANIZATION.caption()));
				event.put("user", Map.of("name", userName(name, entry)));
			}
			case ENTITY_MANAGEMENT -> event.put("entity", entity(activity.target(), name, organization));
			case API_ACTIVITY ->
				event.put("api", Map.of("operation", activity.name(), "service", Map.of("name", "Turso Platform API")));
		}
	}

	/** Signing up, leaving and second factors concern the author's own account. */
	private static String userName(@Nullable String name, AuditLog entry) {
		if (name != null) {
			return name;
		}
		String author = entry.author();
		boolean own = !AuditLogCode.ORG_MEMBER_ADD.equals(entry.code())
				&& !AuditLogCode.ORG_MEMBER_RM.equals(entry.code());
		return (own && author != null && !author.isEmpty()) ? author : UNKNOWN;
	}

	private static Map<String, Object> entity(OcsfActivity.Target target, @Nullable String name, String organization) {
		Map<String, Object> entity = new LinkedHashMap<>();
		if (target == OcsfActivity.Target.ORGANIZATION) {
			entity.put("name", organization);
			entity.put("type_id", 4);
			entity.put("type", target.caption());
			entity.put("org", Map.of("name", organization));
			return entity;
		}
		entity.put("name", (name != null) ? name : UNKNOWN);
		entity.put("type_id", 99);
		entity.put("type", target.caption());
		return entity;
	}

	private static Map<String, @Nullable Object> unmapped(AuditLog entry, OcsfSource source) {
		Map<String, @Nullable Object> unmapped = new LinkedHashMap<>(source.unmapped());
		unmapped.putAll(entry.additional());
		if (!entry.data().isEmpty()) {
			unmapped.put(unmapped.containsKey("data") ? "details" : "data", entry.data());
		}
		return unmapped;
	}

	private static boolean isApiActivity(OcsfActivity activity) {
		return activity.type() == OcsfActivity.Type.API_ACTIVITY;
	}

	private static void putIfPresent(Map<String, Object> map, String name, @Nullable Object value) {
		if (value != null) {
			map.put(name, value);
		}
	}

}
