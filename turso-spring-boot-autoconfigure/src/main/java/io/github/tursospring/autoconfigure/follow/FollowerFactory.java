package io.github.tursospring.autoconfigure.follow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;
import io.github.tursospring.auditlog.internal.follow.Follower;
import io.github.tursospring.auditlog.internal.follow.FollowerSettings;
import io.github.tursospring.auditlog.internal.follow.HandlerDelivery;
import io.github.tursospring.auditlog.internal.follow.PageDelivery;
import io.github.tursospring.autoconfigure.TursoConfigurationException;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.autoconfigure.TursoFollowProperties;

/**
 * Creates a follower for each handler bean.
 */
class FollowerFactory {

	private static final Log logger = LogFactory.getLog(AuditLogFollowerAutoConfiguration.class);

	private final TursoFollowProperties properties;

	private final FollowerSettingsMapper settings;

	private final AuditLogCheckpointStore store;

	private final @Nullable TransactionalDeliveries transactional;

	private final @Nullable TursoConnectionDetails connectionDetails;

	FollowerFactory(TursoFollowProperties properties, FollowerSettingsMapper settings, AuditLogCheckpointStore store,
			@Nullable TransactionalDeliveries transactional, @Nullable TursoConnectionDetails connectionDetails) {
		this.properties = properties;
		this.settings = settings;
		this.store = store;
		this.transactional = transactional;
		this.connectionDetails = connectionDetails;
	}

	List<Follower> create(Map<String, AuditLogHandler> handlers,
			Map<String, TransactionalAuditLogHandler> transactionalHandlers) {
		Set<String> both = new TreeSet<>(handlers.keySet());
		both.retainAll(transactionalHandlers.keySet());
		if (!both.isEmpty()) {
			throw new TursoConfigurationException(
					"The bean '" + both.iterator().next()
							+ "' is both an AuditLogHandler and a TransactionalAuditLogHandler.",
					"Declare two beans: each is a follower of its own.");
		}
		Map<String, Follower> followers = new TreeMap<>();
		handlers.forEach((name, handler) -> {
			if (this.settings.isEnabled(name)) {
				followers.put(name, follower(name, query(handler.query()),
						(own) -> new HandlerDelivery(handler, this.store, own.handlerTimeout())));
			}
		});
		transactionalHandlers.forEach((name, handler) -> {
			if (this.settings.isEnabled(name)) {
				followers.put(name, follower(name, query(handler.query()), (own) -> transactional(handler, own)));
			}
		});
		Set<String> names = new TreeSet<>(handlers.keySet());
		names.addAll(transactionalHandlers.keySet());
		warnOfUnknownKeys(names);
		return new ArrayList<>(followers.values());
	}

	/** A mock of a handler has none. */
	private static AuditLogQuery query(@Nullable AuditLogQuery query) {
		return (query != null) ? query : AuditLogQuery.all();
	}

	private Follower follower(String name, AuditLogQuery query, Function<FollowerSettings, PageDelivery> delivery) {
		FollowerSettings own = settings(name, query);
		return new Follower(name, query, own, delivery.apply(own));
	}

	private PageDelivery transactional(TransactionalAuditLogHandler handler, FollowerSettings own) {
		if (this.transactional == null) {
			throw new TursoConfigurationException(
					"A TransactionalAuditLogHandler is declared, but there is no database transaction for it.",
					"Configure a DataSource with its transaction manager, each of them @Primary if there are several, and"
							+ " leave 'turso.audit-logs.follow.file.directory' unset; or declare an AuditLogHandler, which"
							+ " needs neither.");
		}
		return this.transactional.create(handler, own.handlerTimeout());
	}

	private FollowerSettings settings(String name, AuditLogQuery query) {
		check(name, query);
		Instant startTime = query.startTime();
		FollowerSettings own = this.settings.map(name, startTime, List.of());
		return own.organizations().isEmpty() ? this.settings.map(name, startTime, defaultOrganization()) : own;
	}

	private static void check(String name, AuditLogQuery query) {
		if (query.page() != null || query.pageToken() != null || query.endTime() != null || query.organization() != null
				|| query.order() == AuditLogQuery.Order.DESC) {
			throw new TursoConfigurationException(
					"The query() of the handler '" + name + "' has settings that followers do not support.",
					"Leave page, pageToken, endTime, organization and order DESC out of it. Set the organizations in"
							+ " 'turso.audit-logs.follow.followers." + name + ".organizations'.");
		}
		if (FollowerSettingsMapper.isInTheFuture(query.startTime())) {
			throw new TursoConfigurationException(
					"The query() of the handler '" + name + "' starts in the future, at " + query.startTime()
							+ ": nothing would be delivered until then.",
					"Set its startTime to a time in the past, or leave it out.");
		}
	}

	private List<String> defaultOrganization() {
		String organization = (this.connectionDetails != null) ? this.connectionDetails.getOrganization() : null;
		if (organization == null) {
			throw new TursoConfigurationException("No organization is configured for followers.",
					"Set 'turso.audit-logs.follow.organizations' to the slugs of the organizations to follow, or"
							+ " 'turso.organization' to that of the only one.");
		}
		return List.of(organization);
	}

	private void warnOfUnknownKeys(Set<String> names) {
		for (String key : this.properties.getFollowers().keySet()) {
			if (names.stream().noneMatch((name) -> FollowerSettingsMapper.isKeyOf(key, name))) {
				logger.warn("'turso.audit-logs.follow.followers." + key + "' matches no follower and is ignored."
						+ " Followers are named after their handlers' beans: " + names);
			}
		}
	}

}
