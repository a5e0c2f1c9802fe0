package io.github.tursospring.autoconfigure.follow;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.autoconfigure.TursoConfigurationException;

/**
 * Checks at start that positions can be stored, and reports those that no follower will
 * resume at: their follower was renamed or removed.
 */
class CheckpointStoreCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(CheckpointStoreCheck.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final AuditLogCheckpointStore store;

	private final FollowerSettingsMapper settings;

	private final Supplier<Set<CheckpointKey>> followers;

	CheckpointStoreCheck(AuditLogCheckpointStore store, FollowerSettingsMapper settings,
			Supplier<Set<CheckpointKey>> followers) {
		this.store = store;
		this.settings = settings;
		this.followers = followers;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<CheckpointKey> stored;
		try {
			stored = this.store.keys().collectList().blockOptional(TIMEOUT).orElseGet(List::of);
		}
		catch (IllegalStateException ex) {
			if (isTimeout(ex)) {
				logger.warn("Stored positions of audit logs could not be checked within " + TIMEOUT.toSeconds()
						+ " s; followers start, and retry");
				return;
			}
			throw new TursoConfigurationException("Positions of audit logs cannot be stored.", ex.getMessage() + ".",
					ex);
		}
		catch (RuntimeException ex) {
			logger.warn("Stored positions of audit logs could not be checked; followers start, and retry: "
					+ ex.getMessage());
			return;
		}
		Set<CheckpointKey> known = this.followers.get();
		stored.stream()
			.filter((key) -> !known.contains(key) && this.settings.isEnabled(key.follower()))
			.forEach((key) -> report(key, known));
	}

	private static boolean isTimeout(IllegalStateException ex) {
		return String.valueOf(ex.getMessage()).startsWith("Timeout on blocking read");
	}

	private void report(CheckpointKey key, Set<CheckpointKey> known) {
		logger.warn("Found a position of follower '" + key.follower() + "' of organization '" + key.organization()
				+ "' in " + this.store.describe(key)
				+ ", but no such follower. If its handler's bean was renamed, rename"
				+ " the position, too; without it, the follower starts again at its start time. If the handler was"
				+ " removed, remove the position." + " Followers: "
				+ known.stream().map((each) -> each.follower() + "/" + each.organization()).toList());
	}

}
