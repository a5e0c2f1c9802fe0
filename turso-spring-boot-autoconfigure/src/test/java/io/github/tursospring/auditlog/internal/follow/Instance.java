package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus;
import io.github.tursospring.auditlog.internal.http.Backoff;

/**
 * An instance of an application with followers of {@code acme}.
 */
final class Instance implements AutoCloseable {

	static final Duration LIMIT = Duration.ofMinutes(2);

	static final CheckpointKey KEY = new CheckpointKey("archive", "acme");

	static final FollowerSettings SETTINGS = new FollowerSettings(List.of("acme"), null,
			new FollowSettings(Duration.ofMillis(20), Duration.ZERO, Duration.ofSeconds(1)),
			new Backoff(Duration.ofMillis(10), 2, Duration.ofMillis(40)), LIMIT, false);

	private final StubLog log;

	private final AuditLogCheckpointStore store;

	private final FollowerLock lock;

	private final List<Follower> followers = new ArrayList<>();

	private InstantSource time = InstantSource.system();

	private ManagedFollowers managed;

	Instance(StubLog log, AuditLogCheckpointStore store, FollowerLock lock) {
		this.log = log;
		this.store = store;
		this.lock = lock;
	}

	Instance follower(String name, AuditLogHandler handler, UnaryOperator<FollowerSettings> settings) {
		FollowerSettings applied = settings.apply(SETTINGS);
		this.followers.add(new Follower(name, AuditLogQuery.all(), applied,
				new HandlerDelivery(handler, this.store, applied.handlerTimeout())));
		return this;
	}

	Instance follower(String name, AuditLogHandler handler) {
		return follower(name, handler, UnaryOperator.identity());
	}

	Instance time(InstantSource time) {
		this.time = time;
		return this;
	}

	Instance create() {
		this.managed = new ManagedFollowers(this.followers,
				new FollowerEnvironment(this.log.client(), this.store, this.lock, this.time.withZone(ZoneOffset.UTC)));
		return this;
	}

	Instance start() {
		create();
		this.managed.start();
		return this;
	}

	ManagedFollowers managed() {
		return this.managed;
	}

	FollowerStatus status() {
		return status("archive");
	}

	FollowerStatus status(String follower) {
		return this.managed.statuses()
			.stream()
			.filter((status) -> status.key().follower().equals(follower))
			.findFirst()
			.orElseThrow();
	}

	@Override
	public void close() {
		this.managed.stop();
		this.managed.destroy();
	}

	static FollowerSettings withHandlerTimeout(FollowerSettings settings, Duration timeout) {
		return new FollowerSettings(settings.organizations(), settings.startTime(), settings.reading(),
				settings.backoff(), timeout, settings.stopAtGap());
	}

	static FollowerSettings stoppingAtGaps(FollowerSettings settings) {
		return new FollowerSettings(settings.organizations(), settings.startTime(), settings.reading(),
				settings.backoff(), settings.handlerTimeout(), true);
	}

	static void await(ThrowingRunnable assertion) {
		Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).untilAsserted(assertion);
	}

	/** A lock that instances share. */
	static FollowerLock sharedLock() {
		Set<CheckpointKey> held = ConcurrentHashMap.newKeySet();
		return (key) -> Mono.fromCallable(() -> held.add(key) ? new FollowerLock.Lease() {

			@Override
			public Mono<Void> release() {
				return Mono.fromRunnable(() -> held.remove(key));
			}

		} : null);
	}

}
