package io.github.tursospring.auditlog.internal.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.follow.LogFollower;
import io.github.tursospring.auditlog.internal.http.SourcePage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Follows random histories with late rows, retention and failures in virtual time, left
 * off and resumed by token: every row is delivered once, but for those that were removed
 * before, after a bounded number of requests.
 * <p>
 * Rows that are dated ahead are among them. The limit: a page of the server shows all
 * rows of the lookback. Where it does not, following reads by offset, and finds no late
 * row there.
 */
class FollowHistoryTests {

	private static final int HISTORIES = Math.max(1, ExactlyOnceTests.HISTORIES / 10);

	private static final long FIRST = Long.getLong("turso.test.first-history", 0);

	private static final Duration POLL = Duration.ofSeconds(30);

	private static final int POLLS = 40;

	@Test
	void followWhenLogMovesShouldDeliverEveryRowOnce() {
		TreeMap<String, Integer> figures = new TreeMap<>();
		List<String> failures = new ArrayList<>();
		for (long seed = FIRST; seed < FIRST + HISTORIES; seed++) {
			VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
			try {
				Following following = new Following(seed, time);
				String failure = following.follow(figures);
				if (failure != null) {
					failures.add(following + ": " + failure);
				}
			}
			finally {
				VirtualTimeScheduler.reset();
			}
		}
		System.out.println("followed: " + HISTORIES + " histories, " + figures);
		assertThat(failures.stream().limit(10)).isEmpty();
	}

	private static final class Following {

		private final long seed;

		private final Random random;

		private final VirtualTimeScheduler time;

		private final ModelLog log;

		private final int pageSize;

		private final int cap;

		private final long lookback;

		private final int insertMost;

		private final double lateRate;

		private final double removeRate;

		private final boolean shuffling;

		/** Draws rows that are dated ahead. */
		private final Random aheadRandom;

		private final double aheadRate;

		private int ahead;

		private final List<AuditLog> delivered = new ArrayList<>();

		private final List<String> broken = new ArrayList<>();

		private double faultRate;

		private boolean moving = true;

		private int requests;

		private @Nullable String token;

		private @Nullable Throwable error;

		Following(long seed, VirtualTimeScheduler time) {
			this.seed = seed;
			this.random = new Random(seed * 41 + 13);
			this.time = time;
			this.pageSize = new int[] { 3, 10, 50, 100, 1000 }[this.random.nextInt(5)];
			this.cap = new int[] { 40, 60, 100, 1000 }[this.random.nextInt(4)];
			this.lookback = this.random.nextInt(4) * 20L;
			this.insertMost = this.random.nextInt(4);
			this.lateRate = (this.lookback > 0) ? this.random.nextInt(3) * 0.2 : 0;
			this.removeRate = this.random.nextInt(3) * 0.1;
			this.faultRate = this.random.nextInt(3) * 0.1;
			this.shuffling = this.random.nextInt(4) == 0;
			this.aheadRandom = new Random(seed * 43 + 17);
			this.aheadRate = this.aheadRandom.nextInt(3) * 0.05;
			this.log = new ModelLog(this.random, this.cap, this.shuffling);
			int rows = this.random.nextInt(300);
			for (int i = 0; i < rows; i++) {
				insert();
			}
		}

		/** Rows are sparse enough for a page to show those of the lookback. */
		private void insert() {
			int sparse = (this.lookback > 0) ? (int) (8 * this.lookback / this.cap) : 0;
			this.log.insert(this.log.headSecond() + sparse + this.random.nextInt(3 + sparse));
		}

		private void move() {
			if (!this.moving) {
				return;
			}
			for (int rows = this.random.nextInt(1 + this.insertMost); rows > 0; rows--) {
				insert();
			}
			if (this.random.nextDouble() < this.lateRate && rowsOfLookback() < this.cap / 2) {
				this.log.insert(this.log.headSecond() - this.random.nextInt((int) this.lookback));
			}
			if (this.aheadRandom.nextDouble() < this.aheadRate && this.ahead < 10) {
				this.ahead++;
				int seconds = this.aheadRandom.nextBoolean() ? 2_000_000_000 : 200;
				this.log.insertAhead(this.log.headSecond() + this.aheadRandom.nextInt(seconds));
			}
			if (this.random.nextDouble() < this.removeRate) {
				this.log.removeOldest(this.random.nextInt(1 + this.log.size() / 8));
			}
		}

		private long rowsOfLookback() {
			long first = this.log.headSecond() - this.lookback;
			return this.log.rows().stream().filter((row) -> ModelLog.second(row) >= first).count();
		}

		@Nullable String follow(Map<String, Integer> figures) {
			Disposable following = start();
			for (int poll = 0; poll < POLLS; poll++) {
				move();
				if (this.random.nextInt(8) == 0) {
					following.dispose();
					following = start();
				}
				this.time.advanceTimeBy(POLL);
			}
			this.moving = false;
			this.faultRate = 0;
			this.time.advanceTimeBy(POLL.multipliedBy(10));
			following.dispose();
			figures.merge("requests", this.requests, Integer::sum);
			figures.merge("entries", this.delivered.size(), Integer::sum);
			int all = this.log.size() + this.log.removed().size();
			int most = 150 + 8 * POLLS + 6 * all / Math.min(this.pageSize, this.cap);
			figures.merge("most requests in percent of the bound", 100 * this.requests / most, Math::max);
			if (this.error != null) {
				return this.error.toString();
			}
			if (this.requests > most) {
				return this.requests + " requests instead of " + most;
			}
			return this.broken.isEmpty() ? complaint() : this.broken.get(0);
		}

		private Disposable start() {
			AuditLogQuery query = AuditLogQuery.builder().pageToken(this.token).build();
			LogReader reader = new LogReader((page, size) -> Mono.defer(() -> fetch(page, size)), "acme", query,
					this.pageSize);
			FollowSettings settings = new FollowSettings(POLL, Duration.ofSeconds(this.lookback), POLL);
			return new LogFollower(reader, settings).pages().subscribe(this::deliver, (ex) -> this.error = ex);
		}

		private Mono<SourcePage> fetch(int page, int size) {
			this.requests++;
			move();
			return (this.random.nextDouble() < this.faultRate) ? Mono.error(ModelServer.fault())
					: Mono.just(this.log.answer(page, size));
		}

		private void deliver(AuditLogPage page) {
			this.delivered.addAll(page.auditLogs());
			this.token = page.nextPageToken();
			if (this.token == null || this.token.length() > CheckpointCodec.MAX_LENGTH) {
				this.broken.add("token " + this.token);
			}
		}

		private @Nullable String complaint() {
			Map<AuditLog, Integer> times = new HashMap<>();
			this.delivered.forEach((row) -> times.merge(row, 1, Integer::sum));
			long repeated = times.values().stream().filter((count) -> count > 1).count();
			List<AuditLog> lost = this.log.rows().stream().filter((row) -> !times.containsKey(row)).toList();
			if (repeated + lost.size() == 0) {
				return null;
			}
			return "repeated " + repeated + ", lost " + lost.size() + (lost.isEmpty() ? "" : ", first " + lost.get(0));
		}

		@Override
		public String toString() {
			return "seed " + this.seed + " (page size " + this.pageSize + " of " + this.cap + ", lookback "
					+ this.lookback + ", inserts " + this.insertMost + ", late " + this.lateRate + ", removals "
					+ this.removeRate + ", ahead " + this.ahead + ", shuffling " + this.shuffling + ", " + this.requests
					+ " requests)";
		}

	}

}
