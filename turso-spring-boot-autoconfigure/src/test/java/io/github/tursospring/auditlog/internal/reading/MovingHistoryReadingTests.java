package io.github.tursospring.auditlog.internal.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.TursoTransportException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads random histories in each of the ways there are, after a bounded number of
 * requests. A history that is not read in time fails.
 */
class MovingHistoryReadingTests {

	private static final int HISTORIES = Math.max(1, ExactlyOnceTests.HISTORIES / 6);

	private static final long FIRST = Long.getLong("turso.test.first-history", 0);

	@ParameterizedTest
	@EnumSource(Way.class)
	void readWhenLogMovesShouldReadEveryHistoryExactlyOnceInBoundedRequests(Way way) {
		Map<String, Integer> figures = new TreeMap<>();
		List<String> failures = new ArrayList<>();
		for (long seed = FIRST; seed < FIRST + HISTORIES; seed++) {
			MovingHistory history = new MovingHistory(seed);
			String failure = new Reading(history, way, figures).read();
			if (failure != null) {
				failures.add(history + ": " + failure);
			}
		}
		System.out.println(way + ": " + HISTORIES + " histories, " + figures);
		assertThat(failures.stream().limit(10)).isEmpty();
	}

	private enum Way {

		/** As a stream of entries, resumed after failures. */
		STREAM,

		/** As a stream of pages, left off and resumed at random pages. */
		PAGES,

		/** Page by page, by token. */
		LIST

	}

	/**
	 * One history that is read in one way.
	 */
	private static final class Reading {

		private final MovingHistory history;

		private final Way way;

		private final Map<String, Integer> figures;

		private final ModelServer server;

		private int mostRequests;

		private boolean resting;

		private final List<AuditLog> read = new ArrayList<>();

		private @Nullable List<AuditLog> snapshot;

		private @Nullable String token;

		private boolean complete;

		private int cuts;

		Reading(MovingHistory history, Way way, Map<String, Integer> figures) {
			this.history = history;
			this.way = way;
			this.figures = figures;
			this.mostRequests = bound();
			this.server = history.server().atMost(this.mostRequests);
		}

		@Nullable String read() {
			while (!this.complete) {
				if (!this.resting && this.server.requests() > this.mostRequests / 3) {
					rest();
				}
				if (this.token == null) {
					this.read.clear();
					this.snapshot = null;
					this.server.restart();
				}
				else if (this.history.order == Order.ASC && this.way == Way.LIST) {
					this.server.restart();
				}
				Throwable error = readOn();
				boolean started = this.snapshot != null && !(this.way == Way.LIST && this.history.order == Order.ASC);
				this.snapshot = started ? this.snapshot : this.server.atFirstAnswer();
				if (error instanceof TursoProtocolException && !this.history.isReadable()) {
					this.figures.merge("refused", 1, Integer::sum);
					return complaint(true);
				}
				if (error != null && !(error instanceof TursoTransportException)) {
					return error.toString();
				}
			}
			this.figures.merge("exact", 1, Integer::sum);
			this.figures.merge("requests", this.server.requests(), Integer::sum);
			this.figures.merge("entries", this.read.size(), Integer::sum);
			this.figures.merge("most requests in percent of the bound",
					100 * this.server.requests() / this.mostRequests, Math::max);
			return complaint(false);
		}

		/** The log has grown: what it holds when it stands still is read in time. */
		private void rest() {
			this.resting = true;
			this.server.rest();
			this.mostRequests = this.server.requests() + bound();
			this.server.atMost(this.mostRequests);
		}

		private int bound() {
			return 200 + 12 * this.history.log.size() / this.history.page();
		}

		private @Nullable Throwable readOn() {
			AuditLogQuery query = AuditLogQuery.builder().order(this.history.order).pageToken(this.token).build();
			LogReader reader = new LogReader(this.server, "acme", query, this.history.pageSize);
			return switch (this.way) {
				case STREAM -> stream(reader);
				case PAGES -> pages(reader);
				case LIST -> page(reader);
			};
		}

		private @Nullable Throwable stream(LogReader reader) {
			ModelServer.Result<AuditLog> result = this.server.run(reader.entries(this.history.concurrency));
			this.read.addAll(result.values);
			this.complete = result.completed;
			if (result.error instanceof TursoException failure && failure.resumeToken() != null) {
				this.token = failure.resumeToken();
			}
			return result.error;
		}

		private @Nullable Throwable pages(LogReader reader) {
			Flux<AuditLogPage> pages = reader.pages(this.history.concurrency);
			boolean cut = this.cuts++ < 10 && this.history.random.nextInt(3) > 0;
			int most = 1 + this.history.random.nextInt(6);
			ModelServer.Result<AuditLogPage> result = this.server.run(cut ? pages.take(most) : pages);
			result.values.forEach(this::accept);
			this.complete = result.error == null && (!cut || result.values.size() < most);
			return result.error;
		}

		private @Nullable Throwable page(LogReader reader) {
			ModelServer.Result<AuditLogPage> result = this.server.run(reader.page().flux());
			result.values.forEach(this::accept);
			this.complete = result.completed && this.token == null;
			return result.error;
		}

		private void accept(AuditLogPage page) {
			assertThat(page.auditLogs()).hasSizeLessThanOrEqualTo(this.history.pageSize);
			this.read.addAll(page.auditLogs());
			this.token = page.nextPageToken();
			if (this.token != null) {
				assertThat(this.token).hasSizeLessThanOrEqualTo(CheckpointCodec.MAX_LENGTH);
			}
		}

		private @Nullable String complaint(boolean refused) {
			List<AuditLog> removed = this.history.log.removed();
			List<AuditLog> all = new ArrayList<>(this.history.log.rows());
			all.addAll(removed);
			List<AuditLog> first = (this.snapshot != null) ? this.snapshot : List.of();
			Ledger ledger = new Ledger(this.history.order, this.read);
			if (!refused) {
				ledger.holds(first, removed);
			}
			if (this.history.order == Order.DESC && !first.isEmpty()) {
				long head = ModelLog.second(first.get(first.size() - 1));
				all.removeIf((row) -> ModelLog.second(row) > head);
			}
			return ledger.holdsNoMoreThan(all).complaint();
		}

	}

}
