package io.github.tursospring.auditlog.internal.follow;

import java.time.Duration;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoRateLimitedException;
import io.github.tursospring.auditlog.internal.engine.Checkpoint;
import io.github.tursospring.auditlog.internal.engine.ReadSpec;
import io.github.tursospring.auditlog.internal.engine.Transition;
import io.github.tursospring.auditlog.internal.http.Backoff;
import io.github.tursospring.auditlog.internal.reading.CheckpointCodec;
import io.github.tursospring.auditlog.internal.reading.LogReader;
import io.github.tursospring.auditlog.internal.reading.OnDemand;
import io.github.tursospring.auditlog.internal.reading.PageAssembler;
import io.github.tursospring.auditlog.internal.reading.ReadingListener;

/**
 * Follows one organization's log: reads up to its head, waits for the poll interval, and
 * continues from there; never completes. Transient failures are retried.
 */
public final class LogFollower {

	private static final Log logger = LogFactory.getLog(LogFollower.class);

	private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);

	private final LogReader reader;

	private final FollowSettings settings;

	/**
	 * Create a new follower.
	 * @param settings how to follow, unless the subscriber's context holds others
	 */
	public LogFollower(LogReader reader, FollowSettings settings) {
		this.reader = reader;
		this.settings = settings;
	}

	/**
	 * Return the entries that match the query and those to come, oldest first. Never
	 * completes.
	 */
	public Flux<AuditLogPage> pages() {
		return Flux.deferContextual((context) -> {
			Following following = new Following(context);
			return Flux.defer(following::round)
				.retryWhen(following.retry())
				.repeatWhen((rounds) -> rounds.delayElements(following.settings.pollInterval()));
		});
	}

	/**
	 * One subscription: its position, and how often it has failed in a row.
	 */
	private final class Following {

		private final FollowSettings settings;

		private final FollowListener listener;

		private final CheckpointCodec tokens;

		private final PageAssembler assembler;

		private @Nullable Checkpoint position;

		private boolean polling;

		private int failures;

		Following(ContextView context) {
			this.settings = context.<FollowSettings>getOrEmpty(FollowSettings.class).orElse(LogFollower.this.settings);
			this.listener = context.<FollowListener>getOrEmpty(FollowListener.class).orElse(FollowListener.NONE);
			AuditLogQuery query = reader().query();
			this.tokens = CheckpointCodec.ofFollow(reader().organization(), query);
			this.position = this.tokens.decode(query.pageToken());
			AuditLogQuery filters = (query.pageToken() != null) ? query.toBuilder().startTime(null).build() : query;
			this.assembler = PageAssembler.ofFollow(filters, this.tokens, reader().pageSize());
		}

		private LogReader reader() {
			return LogFollower.this.reader;
		}

		Flux<AuditLogPage> round() {
			ReadSpec spec = ReadSpec.ofFollow(reader().query(), this.position, this.polling, reader().pageSize(),
					this.settings.lookback().toSeconds());
			return reader().listener()
				.observe(reader().transitions(spec, this.tokens)
					.doOnNext(this::advance)
					.concatMapDelayError(
							(transition) -> OnDemand.all(this.assembler.pages(transition)).concatWith(head(transition)),
							true, 0));
		}

		/** The head is reached once the pages up to it have been taken. */
		private Mono<AuditLogPage> head(Transition transition) {
			return transition.state().isDone() ? Mono.fromRunnable(this.listener::onHead) : Mono.empty();
		}

		private void advance(Transition transition) {
			this.failures = 0;
			this.listener.onRead(!transition.entries().isEmpty());
			this.position = transition.position();
			this.polling = transition.state().isDone();
			warnOf(transition.ahead());
		}

		private void warnOf(List<AuditLog> ahead) {
			if (!ahead.isEmpty()) {
				logger.warn("The audit log of organization '" + reader().organization() + "' has " + ahead.size()
						+ ((ahead.size() == 1) ? " entry" : " entries") + " dated later than its server's clock, up to "
						+ ahead.get(ahead.size() - 1).createdAt()
						+ ": delivered, but the position stays before them, for the entries that come after");
			}
		}

		Retry retry() {
			return Retry.from((signals) -> signals.concatMap((signal) -> {
				if (!(signal.failure() instanceof TursoException failure) || !failure.isRetryable()) {
					return Mono.error(signal.failure());
				}
				this.polling = false;
				Duration wait = backoff(failure);
				this.listener.onRetry(failure, wait);
				reader().listener().onRetry(failure, wait);
				logger.warn("Following the audit log of organization '" + reader().organization()
						+ "' failed; retrying in " + wait.toMillis() + " ms: " + failure.getMessage());
				return Mono.delay(wait);
			}));
		}

		private Duration backoff(TursoException failure) {
			Duration longest = this.settings.maxBackoff();
			Duration wait = new Backoff(FIRST_BACKOFF, 2, longest).after(++this.failures);
			Duration asked = (failure instanceof TursoRateLimitedException limited) ? limited.retryAfter() : null;
			Duration capped = (asked != null && asked.compareTo(longest) > 0) ? longest : asked;
			return (capped != null && capped.compareTo(wait) > 0) ? capped : wait;
		}

	}

}
