package io.github.tursospring.auditlog.internal.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.follow.FollowListener;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.auditlog.internal.follow.LogFollower;
import io.github.tursospring.auditlog.internal.http.SourcePage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link ReadingListener} is told.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReadingListenerTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final long LATER = 1_700_100_000L;

	private final ModelLog log = ModelLog.still(1000);

	private final List<Integer> fetched = new ArrayList<>();

	private final Recorder recorder = new Recorder();

	private Runnable afterEachAnswer = () -> {
	};

	@Test
	void streamNewestFirstWhenLogIsStillShouldSkipAndRefetchNothing() {
		assertThat(read(Order.DESC, 1)).hasSize(1000);
		assertThat(this.recorder.skipped).isZero();
		assertThat(this.recorder.refetches).isZero();
	}

	@Test
	void streamOldestFirstShouldReportRowsThatOverlapAsSkipped() {
		assertThat(read(Order.ASC, 1)).hasSize(1000);
		int head = this.fetched.get(0);
		assertThat(this.recorder.skipped).isPositive().isEqualTo(rowsFetched() - head - 1000);
		assertThat(this.recorder.refetches).isZero();
	}

	@Test
	void streamWhenInsertsMoveRowsDownShouldReportThemAsSkipped() {
		this.afterEachAnswer = () -> insert(7);
		assertThat(read(Order.DESC, 1)).hasSize(1000);
		assertThat(this.recorder.skipped).isGreaterThanOrEqualTo(9 * 7).isEqualTo(rowsFetched() - 1000);
		assertThat(this.recorder.refetches).isZero();
	}

	@Test
	void streamWhenPageDoesNotContinueWhatWasReadShouldReportRefetches() {
		this.afterEachAnswer = () -> insert((this.fetched.size() == 3) ? 300 : 0);
		assertThat(read(Order.ASC, 1)).hasSize(1000);
		assertThat(this.recorder.refetches).isPositive().isLessThan(10);
	}

	@Test
	void streamWhenPlaceToStartAtIsSearchedShouldSkipAndRefetchNothing() {
		AuditLogQuery query = AuditLogQuery.builder()
			.startTime(this.log.rows().get(500).createdAt())
			.endTime(this.log.rows().get(510).createdAt())
			.build();
		assertThat(reader(query).entries(1).collectList().block(LIMIT)).hasSize(10);
		assertThat(this.fetched).hasSizeGreaterThan(2);
		assertThat(this.recorder.skipped).isZero();
		assertThat(this.recorder.refetches).isZero();
	}

	@Test
	void streamWhenPageBeforeTheEndIsEmptyShouldReportRefetchAndWarn(CapturedOutput output) {
		LogReader reader = new LogReader((page, pageSize) -> Mono.fromSupplier(() -> {
			SourcePage answer = answer(page, pageSize);
			return (this.fetched.size() != 2) ? answer : new SourcePage(List.of(), answer.page(), answer.pageSize(),
					answer.totalPages(), answer.totalRows());
		}), "acme", AuditLogQuery.all(), 100, this.recorder);
		Logger logger = (Logger) LoggerFactory.getLogger(PagePipeline.class);
		Level level = logger.getLevel();
		logger.setLevel(Level.WARN);
		try {
			assertThat(reader.entries(1).collectList().block(LIMIT)).hasSize(1000);
		}
		finally {
			logger.setLevel(level);
		}
		assertThat(this.recorder.refetches).isEqualTo(1);
		assertThat(output).contains("WARN")
			.contains("Requesting a page of the audit log again: page 2 is empty, before the end of a log of"
					+ " 1000 rows");
	}

	@Test
	void followShouldReportEveryRoundAsARun() {
		LogReader reader = reader(AuditLogQuery.all());
		FollowSettings settings = new FollowSettings(Duration.ofMillis(1), Duration.ofSeconds(60),
				Duration.ofSeconds(1));
		this.afterEachAnswer = () -> insert((this.recorder.runs == 3) ? 1 : 0);
		AuditLogPage last = new LogFollower(reader, settings).pages()
			.takeUntil((page) -> page.auditLogs().get(0).createdAt().getEpochSecond() >= LATER)
			.blockLast(LIMIT);
		assertThat(last.auditLogs()).hasSize(1);
		assertThat(this.recorder.runs).isEqualTo(4);
	}

	@Test
	void followWhenNothingMatchesShouldReportEachResponse() {
		AtomicInteger reads = new AtomicInteger();
		Sinks.Empty<Void> head = Sinks.empty();
		FollowListener listener = new FollowListener() {

			@Override
			public void onRead(boolean further) {
				reads.incrementAndGet();
			}

			@Override
			public void onHead() {
				head.tryEmitEmpty();
			}

		};
		FollowSettings settings = new FollowSettings(Duration.ofDays(1), Duration.ofSeconds(60), Duration.ofSeconds(1));
		new LogFollower(reader(AuditLogQuery.builder().author("nobody").build()), settings).pages()
			.takeUntilOther(head.asMono())
			.contextWrite(Context.of(FollowListener.class, listener))
			.blockLast(LIMIT);
		assertThat(reads).hasValueGreaterThanOrEqualTo(10);
	}

	private List<AuditLog> read(Order order, int concurrency) {
		return reader(AuditLogQuery.builder().order(order).build()).entries(concurrency).collectList().block(LIMIT);
	}

	private LogReader reader(AuditLogQuery query) {
		return new LogReader((page, pageSize) -> Mono.fromSupplier(() -> answer(page, pageSize)), "acme", query, 100,
				this.recorder);
	}

	private SourcePage answer(int page, int pageSize) {
		SourcePage answer = this.log.answer(page, pageSize);
		this.fetched.add(answer.rows().size());
		this.afterEachAnswer.run();
		return answer;
	}

	private void insert(int rows) {
		for (int i = 0; i < rows; i++) {
			this.log.insert(LATER + this.log.size());
		}
	}

	private int rowsFetched() {
		return this.fetched.stream().mapToInt(Integer::intValue).sum();
	}

	private static final class Recorder implements ReadingListener {

		private int runs;

		private int skipped;

		private int refetches;

		@Override
		public <T> Flux<T> observe(Flux<T> run) {
			return run.doOnSubscribe((subscription) -> this.runs++);
		}

		@Override
		public void onSkipped(int rows) {
			this.skipped += rows;
		}

		@Override
		public void onRefetch() {
			this.refetches++;
		}

	}

}
