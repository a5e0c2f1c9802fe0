package io.github.tursospring.sample.web;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.sample.archive.ArchiveStatus.Follower;

/**
 * What the page's status line shows.
 *
 * @param demo whether the log is a generated one
 * @param login whether users log in
 * @param follower what the follower that archives does
 * @param turso whether Turso answers: {@code UP}, {@code DOWN} or {@code UNKNOWN}
 * @param organizations the organizations
 */
record ConsoleStatus(boolean demo, boolean login, Follower follower, String turso, List<Organization> organizations) {

	/**
	 * An organization.
	 *
	 * @param name its slug
	 * @param archived number of entries in the archive
	 * @param total number of entries that Turso has, {@code null} if it is not known
	 * @param catchingUp whether the backlog is being archived
	 * @param oldest time of the oldest entry in the archive
	 * @param newest time of the newest entry in the archive
	 * @param lastSeal the last day that is sealed
	 */
	record Organization(String name, long archived, @Nullable Long total, boolean catchingUp, @Nullable Instant oldest,
			@Nullable Instant newest, @Nullable String lastSeal) {
	}

}
