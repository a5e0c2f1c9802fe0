package io.github.tursospring.auditlog.follow;

import java.util.regex.Pattern;

import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * Identifies a checkpoint: each follower has one for each organization that it follows.
 *
 * @param follower the follower's name, which is that of its handler's bean
 * @param organization the organization's slug
 * @since 0.1.0
 */
public record CheckpointKey(String follower, String organization) {

	private static final Pattern FOLLOWER = Pattern.compile("[^\\s\\p{Cntrl}]{1,200}");

	public CheckpointKey {
		if (!FOLLOWER.matcher(follower).matches()) {
			throw new IllegalArgumentException(
					"follower must be a name of 1 to 200 characters without white space, not '" + follower + "'");
		}
		AuditLogQuery.builder().organization(organization);
	}

}
