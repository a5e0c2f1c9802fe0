package io.github.tursospring.auditlog.delivery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogCode;

/**
 * Class, activity and target of an event.
 *
 * @param type the class
 * @param id the id of the activity
 * @param name the caption of the activity
 * @param target what it is done to
 */
record OcsfActivity(Type type, int id, String name, Target target) {

	private static final Map<AuditLogCode, OcsfActivity> ACTIVITIES = new HashMap<>();

	static {
		entity(AuditLogCode.DB_CREATE, 1, "Create", Target.DATABASE);
		entity(AuditLogCode.DB_DELETE, 4, "Delete", Target.DATABASE);
		entity(AuditLogCode.DB_PROTECT, 3, "Update", Target.DATABASE);
		entity(AuditLogCode.DB_UNPROTECT, 3, "Update", Target.DATABASE);
		entity(AuditLogCode.DB_UNARCHIVE, 10, "Activate", Target.DATABASE);
		entity(AuditLogCode.DB_TOKEN_CREATE, 1, "Create", Target.DATABASE_TOKEN);
		entity(AuditLogCode.GROUP_CREATE, 1, "Create", Target.GROUP);
		entity(AuditLogCode.GROUP_DELETE, 4, "Delete", Target.GROUP);
		entity(AuditLogCode.GROUP_PROTECT, 3, "Update", Target.GROUP);
		entity(AuditLogCode.GROUP_UNPROTECT, 3, "Update", Target.GROUP);
		entity(AuditLogCode.GROUP_UNARCHIVE, 10, "Activate", Target.GROUP);
		entity(AuditLogCode.GROUP_TOKEN_CREATE, 1, "Create", Target.GROUP_TOKEN);
		entity(AuditLogCode.INSTANCE_CREATE, 1, "Create", Target.INSTANCE);
		entity(AuditLogCode.INSTANCE_DELETE, 4, "Delete", Target.INSTANCE);
		entity(AuditLogCode.ORG_CREATE, 1, "Create", Target.ORGANIZATION);
		entity(AuditLogCode.ORG_DELETE, 4, "Delete", Target.ORGANIZATION);
		entity(AuditLogCode.ORG_PLAN_UPDATE, 3, "Update", Target.ORGANIZATION);
		entity(AuditLogCode.ORG_SET_OVERAGES, 3, "Update", Target.ORGANIZATION);
		entity(AuditLogCode.USER_TOKEN_CREATE, 1, "Create", Target.API_TOKEN);
		add(AuditLogCode.ORG_MEMBER_ADD, Type.GROUP_MANAGEMENT, 3, "Add User", Target.MEMBER);
		add(AuditLogCode.ORG_MEMBER_RM, Type.GROUP_MANAGEMENT, 4, "Remove User", Target.MEMBER);
		add(AuditLogCode.ORG_MEMBER_LEAVE, Type.GROUP_MANAGEMENT, 4, "Remove User", Target.MEMBER);
		add(AuditLogCode.USER_SIGNUP, Type.ACCOUNT_CHANGE, 1, "Create", Target.USER);
		add(AuditLogCode.USER_DELETE, Type.ACCOUNT_CHANGE, 6, "Delete", Target.USER);
		add(AuditLogCode.MFA_ENABLE, Type.ACCOUNT_CHANGE, 10, "MFA Factor Enable", Target.USER);
		add(AuditLogCode.MFA_DISABLE, Type.ACCOUNT_CHANGE, 11, "MFA Factor Disable", Target.USER);
	}

	private static void entity(AuditLogCode code, int id, String name, Target target) {
		add(code, Type.ENTITY_MANAGEMENT, id, name, target);
	}

	private static void add(AuditLogCode code, Type type, int id, String name, Target target) {
		ACTIVITIES.put(code, new OcsfActivity(type, id, name, target));
	}

	/**
	 * Return the activity of a code. An unknown code is an API activity with the name of
	 * the code, since its object is not known.
	 */
	static OcsfActivity of(@Nullable AuditLogCode code) {
		if (code == null) {
			return new OcsfActivity(Type.API_ACTIVITY, 0, OcsfEvents.UNKNOWN, Target.UNKNOWN);
		}
		OcsfActivity known = ACTIVITIES.get(code);
		return (known != null) ? known : new OcsfActivity(Type.API_ACTIVITY, 99, code.value(), Target.UNKNOWN);
	}

	/**
	 * Classes of events.
	 */
	enum Type {

		ACCOUNT_CHANGE(3001, "Account Change", 3, "Identity & Access Management"),

		ENTITY_MANAGEMENT(3004, "Entity Management", 3, "Identity & Access Management"),

		GROUP_MANAGEMENT(3006, "Group Management", 3, "Identity & Access Management"),

		API_ACTIVITY(6003, "API Activity", 6, "Application Activity");

		private final int uid;

		private final String caption;

		private final int categoryUid;

		private final String category;

		Type(int uid, String caption, int categoryUid, String category) {
			this.uid = uid;
			this.caption = caption;
			this.categoryUid = categoryUid;
			this.category = category;
		}

		int uid() {
			return this.uid;
		}

		String caption() {
			return this.caption;
		}

		int categoryUid() {
			return this.categoryUid;
		}

		String category() {
			return this.category;
		}

	}

	/**
	 * Targets of activities, with the names under which {@link #nameIn the details} may
	 * have its name. Turso does not document them.
	 */
	enum Target {

		DATABASE("Database", "database", "db", "database_name", "db_name", "name"),

		DATABASE_TOKEN("Database Token", "database", "db", "database_name", "db_name", "name"),

		GROUP("Database Group", "group", "group_name", "name"),

		GROUP_TOKEN("Group Token", "group", "group_name", "name"),

		INSTANCE("Instance", "instance", "instance_name", "name"),

		API_TOKEN("API Token", "token", "token_name", "name"),

		ORGANIZATION("Organization"),

		MEMBER("User", "member", "user", "username", "user_name", "name"),

		USER("User", "user", "username", "user_name", "name"),

		UNKNOWN(OcsfEvents.UNKNOWN);

		private final String caption;

		@SuppressWarnings("ImmutableEnumChecker")
		private final List<String> names;

		Target(String caption, String... names) {
			this.caption = caption;
			this.names = List.of(names);
		}

		String caption() {
			return this.caption;
		}

		@Nullable String nameIn(Map<String, @Nullable Object> details) {
			for (String name : this.names) {
				if (details.get(name) instanceof String value && !value.isEmpty()) {
					return value;
				}
			}
			return null;
		}

	}

}
