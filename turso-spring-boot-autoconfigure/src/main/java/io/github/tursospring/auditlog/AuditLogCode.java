package io.github.tursospring.auditlog;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What an entry of the audit log records.
 * <p>
 * The set is open: Turso has changed its list of codes several times, so any string is a
 * code. The constants are those of Turso's API documentation.
 *
 * @param value the code as Turso writes it
 * @since 0.1.0
 */
public record AuditLogCode(@JsonValue String value) {

	/** A user signed up. */
	public static final AuditLogCode USER_SIGNUP = new AuditLogCode("user-signup");

	/** A user was deleted. */
	public static final AuditLogCode USER_DELETE = new AuditLogCode("user-delete");

	/** A platform API token was created. */
	public static final AuditLogCode USER_TOKEN_CREATE = new AuditLogCode("user-token-create");

	/** A database was created. */
	public static final AuditLogCode DB_CREATE = new AuditLogCode("db-create");

	/** A database was deleted. */
	public static final AuditLogCode DB_DELETE = new AuditLogCode("db-delete");

	/** A database was protected against deletion. */
	public static final AuditLogCode DB_PROTECT = new AuditLogCode("db-protect");

	/** A database lost its protection against deletion. */
	public static final AuditLogCode DB_UNPROTECT = new AuditLogCode("db-unprotect");

	/** A database token was created. */
	public static final AuditLogCode DB_TOKEN_CREATE = new AuditLogCode("db-token-create");

	/** A database was unarchived. Turso spells the code {@code db-aunrchive}. */
	public static final AuditLogCode DB_UNARCHIVE = new AuditLogCode("db-aunrchive");

	/** A group was created. */
	public static final AuditLogCode GROUP_CREATE = new AuditLogCode("group-create");

	/** A group was deleted. */
	public static final AuditLogCode GROUP_DELETE = new AuditLogCode("group-delete");

	/** A group was unarchived. */
	public static final AuditLogCode GROUP_UNARCHIVE = new AuditLogCode("group-unarchive");

	/** A group was protected against deletion. */
	public static final AuditLogCode GROUP_PROTECT = new AuditLogCode("group-protect");

	/** A group lost its protection against deletion. */
	public static final AuditLogCode GROUP_UNPROTECT = new AuditLogCode("group-unprotect");

	/** A group token was created. */
	public static final AuditLogCode GROUP_TOKEN_CREATE = new AuditLogCode("group-token-create");

	/** An instance was created. */
	public static final AuditLogCode INSTANCE_CREATE = new AuditLogCode("instance-create");

	/** An instance was deleted. */
	public static final AuditLogCode INSTANCE_DELETE = new AuditLogCode("instance-delete");

	/** An organization was created. */
	public static final AuditLogCode ORG_CREATE = new AuditLogCode("org-create");

	/** An organization was deleted. */
	public static final AuditLogCode ORG_DELETE = new AuditLogCode("org-delete");

	/** A member was added to the organization. */
	public static final AuditLogCode ORG_MEMBER_ADD = new AuditLogCode("org-member-add");

	/** A member was removed from the organization. */
	public static final AuditLogCode ORG_MEMBER_RM = new AuditLogCode("org-member-rm");

	/** A member left the organization. */
	public static final AuditLogCode ORG_MEMBER_LEAVE = new AuditLogCode("org-member-leave");

	/** The organization's plan was changed. */
	public static final AuditLogCode ORG_PLAN_UPDATE = new AuditLogCode("org-plan-update");

	/** The organization's overages were switched on or off. */
	public static final AuditLogCode ORG_SET_OVERAGES = new AuditLogCode("org-set-overages");

	/** Multi-factor authentication was enabled; in earlier lists of codes. */
	public static final AuditLogCode MFA_ENABLE = new AuditLogCode("mfa-enable");

	/** Multi-factor authentication was disabled; in earlier lists of codes. */
	public static final AuditLogCode MFA_DISABLE = new AuditLogCode("mfa-disable");

	private static final Map<String, AuditLogCode> KNOWN = Stream
		.of(USER_SIGNUP, USER_DELETE, USER_TOKEN_CREATE, DB_CREATE, DB_DELETE, DB_PROTECT, DB_UNPROTECT,
				DB_TOKEN_CREATE, DB_UNARCHIVE, GROUP_CREATE, GROUP_DELETE, GROUP_UNARCHIVE, GROUP_PROTECT,
				GROUP_UNPROTECT, GROUP_TOKEN_CREATE, INSTANCE_CREATE, INSTANCE_DELETE, ORG_CREATE, ORG_DELETE,
				ORG_MEMBER_ADD, ORG_MEMBER_RM, ORG_MEMBER_LEAVE, ORG_PLAN_UPDATE, ORG_SET_OVERAGES, MFA_ENABLE,
				MFA_DISABLE)
		.collect(Collectors.toUnmodifiableMap(AuditLogCode::value, (code) -> code));

	/**
	 * Return the code of the given value.
	 * @param value any string
	 * @return the code
	 */
	@JsonCreator
	public static AuditLogCode of(String value) {
		AuditLogCode known = KNOWN.get(value);
		return (known != null) ? known : new AuditLogCode(value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
