package io.github.tursospring.auditlog.internal.reading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.TursoTransportException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads random logs that move while they are read, and compares what was emitted with
 * what was in the log. A history is made from its seed alone: what fails names it.
 */
@Tag("slow")
class ExactlyOnceTests {

	static final int HISTORIES = Integer.getInteger("turso.test.histories", 3000);

	@Test
	void streamWhenLogMovesShouldReadEveryHistoryExactlyOnce() {
		Map<String, Integer> figures = new HashMap<>();
		List<String> failures = new ArrayList<>();
		for (long seed = 0; seed < HISTORIES; seed++) {
			String failure = read(seed, figures);
			if (failure != null && failures.size() < 10) {
				failures.add(failure);
			}
			figures.merge((failure != null) ? "failed" : "exact", 1, Integer::sum);
		}
		System.out.println("Exactly once: " + HISTORIES + " histories, " + figures);
		assertThat(failures).isEmpty();
	}

	static String read(long seed, Map<String, Integer> figures) {
		History history = new History(seed);
		List<AuditLog> emitted = new ArrayList<>();
		String token = null;
		ModelServer server = history.server();
		for (int attempt = 0;; attempt++) {
			AuditLogQuery query = AuditLogQuery.builder().order(history.order).pageToken(token).build();
			LogReader reader = new LogReader(server, "acme", query, history.pageSize);
			ModelServer.Result<AuditLog> result = server.run(reader.entries(history.concurrency));
			emitted.addAll(result.values);
			if (result.completed) {
				break;
			}
			if (!(result.error instanceof TursoTransportException fault)) {
				return history + ": " + ((result.error != null) ? result.error : "neither completed nor failed");
			}
			if (attempt == 50) {
				server.rest();
			}
			if (attempt > 500) {
				return history + ": no end";
			}
			token = (fault.resumeToken() != null) ? fault.resumeToken() : token;
			if (token == null) {
				server.restart();
			}
		}
		if (server.mostInFlight() > history.concurrency) {
			return history + ": " + server.mostInFlight() + " in flight";
		}
		figures.merge("requests", server.requests(), Integer::sum);
		figures.merge("entries", emitted.size(), Integer::sum);
		return compare(history, server, emitted, figures);
	}

	static String compare(History history, ModelServer server, List<AuditLog> emitted, Map<String, Integer> figures) {
		List<AuditLog> snapshot = server.atFirstAnswer();
		List<AuditLog> removed = history.log.removed();
		long head = headSecond(snapshot);
		Map<AuditLog, Integer> expected = count(snapshot);
		Map<AuditLog, Integer> gone = count(removed);
		Map<AuditLog, Integer> got = count(emitted);
		int lost = 0;
		int repeated = 0;
		for (Map.Entry<AuditLog, Integer> entry : expected.entrySet()) {
			int times = got.getOrDefault(entry.getKey(), 0);
			lost += Math.max(0, entry.getValue() - gone.getOrDefault(entry.getKey(), 0) - times);
			boolean open = ModelLog.second(entry.getKey()) == head && !server.headSecondSeenWhole();
			if (!history.resumed && !open) {
				repeated += Math.max(0, times - entry.getValue());
			}
		}
		int newer = 0;
		for (Map.Entry<AuditLog, Integer> entry : got.entrySet()) {
			if (!expected.containsKey(entry.getKey())) {
				if (ModelLog.second(entry.getKey()) == head && !server.headSecondSeenWhole()) {
					figures.merge("newer, of a head second wider than the first page", entry.getValue(), Integer::sum);
				}
				else {
					newer += entry.getValue();
				}
				repeated += (entry.getValue() > 1 && !entry.getKey().message().startsWith("same")) ? 1 : 0;
			}
		}
		boolean newerAllowed = history.resumed && history.order == Order.ASC;
		// what is newer comes after what is dated ahead
		int disordered = newerAllowed
				? disorder(emitted.stream().filter((row) -> !isAhead(row)).toList(), history.order)
				: disorder(emitted, history.order);
		if (lost + repeated + disordered + (newerAllowed ? 0 : newer) == 0) {
			return null;
		}
		return history + ": lost " + lost + ", repeated " + repeated + ", out of order " + disordered + ", newer "
				+ newer;
	}

	private static int disorder(List<AuditLog> rows, Order order) {
		int disordered = 0;
		for (int i = 1; i < rows.size(); i++) {
			long step = ModelLog.second(rows.get(i)) - ModelLog.second(rows.get(i - 1));
			disordered += ((order == Order.ASC) ? step < 0 : step > 0) ? 1 : 0;
		}
		return disordered;
	}

	private static boolean isAhead(AuditLog row) {
		return String.valueOf(row.message()).startsWith("ahead");
	}

	/** The newest second of rows that are not dated ahead. */
	static long headSecond(List<AuditLog> rows) {
		return rows.stream().filter((row) -> !isAhead(row)).mapToLong(ModelLog::second).max().orElse(Long.MIN_VALUE);
	}

	private static Map<AuditLog, Integer> count(List<AuditLog> rows) {
		Map<AuditLog, Integer> counts = new HashMap<>();
		rows.forEach((row) -> counts.merge(row, 1, Integer::sum));
		return counts;
	}

	/**
	 * A log, how it moves, and how it is read.
	 */
	static final class History {

		private static final int[] PAGE_SIZES = { 1, 2, 3, 5, 10, 20, 50, 100, 100, 250, 1000 };

		private static final int[] MAX_PAGE_SIZES = { 1000, 1000, 500, 100, 50, 20 };

		private final long seed;

		private final Random random;

		final ModelLog log;

		final Order order;

		final int pageSize;

		final int maxPageSize;

		final int concurrency;

		private final boolean shuffling;

		private final int widest;

		private final double insertRate;

		private final int insertMost;

		private final double removeRate;

		final boolean resumed;

		private final boolean removingAnywhere;

		/**
		 * Draws rows that are dated ahead: a page shows more rows than there are of them.
		 */
		private final Random aheadRandom;

		private int aheadLeft;

		History(long seed) {
			this.seed = seed;
			this.random = new Random(seed * 31 + 7);
			this.order = this.random.nextBoolean() ? Order.DESC : Order.ASC;
			this.pageSize = PAGE_SIZES[this.random.nextInt(PAGE_SIZES.length)];
			this.maxPageSize = MAX_PAGE_SIZES[this.random.nextInt(MAX_PAGE_SIZES.length)];
			this.concurrency = this.random.nextBoolean() ? 1 : 1 + this.random.nextInt(8);
			this.shuffling = this.random.nextInt(3) == 0;
			int widestSeen = this.shuffling ? Math.max(1, this.maxPageSize / 4) : 200;
			this.widest = 1 + this.random.nextInt(Math.min(200, widestSeen));
			this.insertRate = this.random.nextInt(3) * 0.3;
			this.insertMost = 1 + this.random.nextInt(1 + 2 * Math.min(this.pageSize, this.maxPageSize));
			this.removeRate = this.random.nextInt(3) * 0.15;
			this.removingAnywhere = this.random.nextInt(4) == 0;
			this.resumed = this.random.nextInt(5) == 0;
			this.log = new ModelLog(this.random, this.maxPageSize, this.shuffling);
			int rows = this.random.nextInt(Math.min(1500, 60 * Math.min(this.pageSize, this.maxPageSize)));
			long second = 1_700_000_000L;
			while (this.log.size() < rows) {
				second += 1 + this.random.nextInt(50);
				int width = (this.random.nextInt(4) == 0) ? 1 + this.random.nextInt(this.widest) : 1;
				for (int i = 0; i < width; i++) {
					insert(second);
				}
			}
			this.aheadRandom = new Random(seed * 47 + 19);
			int most = (rows > 0) ? Math.min(this.pageSize, this.maxPageSize) / 2 : 0;
			this.aheadLeft = this.aheadRandom.nextBoolean() ? most : 0;
			for (int i = this.aheadRandom.nextInt(1 + this.aheadLeft); i > 0; i--) {
				insertAhead();
			}
		}

		private void insertAhead() {
			if (this.aheadLeft-- > 0) {
				this.log.insertAhead(4_102_444_800L + this.aheadRandom.nextInt(20));
			}
		}

		private void insert(long second) {
			if (this.random.nextInt(8) == 0 && this.widest < this.maxPageSize / 4) {
				this.log.insert(second, "same");
			}
			else {
				this.log.insert(second);
			}
		}

		ModelServer server() {
			return new ModelServer(this.log, this.random, this::mutate).failing(this.resumed ? 0.1 : 0);
		}

		private void mutate(ModelLog log) {
			if (this.random.nextDouble() < this.insertRate) {
				int count = 1 + this.random.nextInt(this.insertMost);
				long second = log.headSecond();
				int width = 0;
				for (int i = 0; i < count; i++) {
					if (this.random.nextInt(3) > 0 || ++width >= this.widest) {
						second += 1 + this.random.nextInt(3);
						width = 0;
					}
					insert(second);
				}
			}
			if (this.aheadRandom.nextInt(10) == 0) {
				insertAhead();
			}
			if (this.random.nextDouble() < this.removeRate) {
				log.removeOldest(this.random.nextInt(1 + Math.max(1, log.size() / 10)));
			}
			if (this.removingAnywhere && this.random.nextDouble() < this.removeRate && log.size() > 0) {
				log.remove(this.random.nextInt(log.size()));
			}
		}

		@Override
		public String toString() {
			return "seed " + this.seed + " (" + this.order + ", page size " + this.pageSize + " of " + this.maxPageSize
					+ ", concurrency " + this.concurrency + ", shuffling " + this.shuffling + ", widest " + this.widest
					+ ", inserts " + this.insertRate + "x" + this.insertMost + ", removals " + this.removeRate
					+ (this.removingAnywhere ? " anywhere" : "") + (this.resumed ? ", resumed" : "") + ")";
		}

	}

}
