package io.github.tursospring.sample.web;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.sample.archive.ArchiveStatus.Follower;

/**
 * What the page's status line shows.
 */
record ConsoleStatus(boolean demo, boolean login, Follower follower, String turso, List<Organization> organizations) {

	/**
	 * An organization.
	 */
	record Organization(String name, long archived, @Nullable Long total, boolean catchingUp, @Nullable Instant oldest,
			@Nullable Instant newest, @Nullable String lastSeal) {
	}

}
