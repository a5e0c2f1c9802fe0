package io.github.tursospring.auditlog.follow;

import java.util.regex.Pattern;

/**
 * Identifies a checkpoint: each follower has one for each organization that it follows.
 *
 * @param follower the follower's name, which is that of its handler's bean
 * @param organization the organization's slug
 * @since 0.1.0
 */
public record CheckpointKey(String follower, String organization) {

	private static final Pattern FOLLOWER = Pattern.compile("[^\\s\\p{Cntrl}]{1,200}");

	private static final Pattern SLUG = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9-]*");

	public CheckpointKey {
		if (!FOLLOWER.matcher(follower).matches()) {
			throw new IllegalArgumentException(
					"follower must be a name of 1 to 200 characters without white space, not '" + follower + "'");
		}
		if (!SLUG.matcher(organization).matches()) {
			throw new IllegalArgumentException("organization must be a slug of letters, digits and hyphens"
					+ " ([a-zA-Z0-9][a-zA-Z0-9-]*), not '" + organization + "'");
		}
	}

}
