package io.github.tursospring.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import tools.jackson.databind.json.JsonMapper;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.benchmarks.reader.Library;
import io.github.tursospring.benchmarks.reader.Peers;
import io.github.tursospring.benchmarks.reader.Reader;
import io.github.tursospring.benchmarks.reader.Reading;
import io.github.tursospring.benchmarks.server.Rows;

/**
 * S4: how many requests an entry and a time range cost, wherever in the log they are. For
 * an entry, the peers read its second.
 */
final class RequestCounts {

	private static final int PAGE_SIZE = 100;

	private static final int PLACES = 11;

	private static final Duration RANGE = Duration.ofMinutes(10);

	private final JsonMapper json = new JsonMapper();

	private final Lab lab;

	private final Rows rows;

	private final AuditLogClient client;

	private final Reader bisecting;

	private final Reader scanning;

	private boolean fewest = true;

	private RequestCounts(Lab lab) {
		String baseUrl = lab.baseUrl();
		this.lab = lab;
		this.rows = new Rows(lab.sizes().mostRows());
		this.client = Library.client(baseUrl, 1);
		this.bisecting = Peers.bisecting(baseUrl);
		this.scanning = Peers.scanning(baseUrl);
	}

	static Report run(Lab lab) {
		return new RequestCounts(lab).report();
	}

	private Report report() {
		Report report = new Report(
				"S4: requests, pages of " + PAGE_SIZE + ": median (most) of " + PLACES + " places in the log", "",
				"this library", "bisecting by page", "scan from the newest");
		Reader library = Library.reader(this.client);
		for (int size : this.lab.sizes().searchedRows()) {
			row(report, "`retrieve(id)`, " + Figures.whole(size) + " entries", size, Duration.ofSeconds(1),
					this::retrieve);
		}
		for (int size : this.lab.sizes().searchedRows()) {
			row(report, "10 minutes, " + Figures.whole(size) + " entries", size, RANGE,
					(log, number) -> read(library, log, number, RANGE));
		}
		report.aim(this.fewest, "fewer requests than bisecting",
				this.fewest ? "in every row" : "not in every row, by the medians");
		return report;
	}

	private void row(Report report, String title, int size, Duration range, BiConsumer<String, Integer> library) {
		Counts own = counts(size, library);
		Counts bisected = counts(size, (log, number) -> read(this.bisecting, log, number, range));
		Counts scanned = counts(size, (log, number) -> read(this.scanning, log, number, range));
		report.row(title, own.toString(), bisected.toString(), scanned.toString());
		this.fewest &= own.median() < bisected.median();
	}

	private Counts counts(int size, BiConsumer<String, Integer> reading) {
		int[] requests = IntStream.range(0, PLACES).map((place) -> {
			String log = this.lab.open(size, Duration.ZERO);
			reading.accept(log, 1 + (2 * place + 1) * size / (2 * PLACES));
			return this.lab.requests(log);
		}).sorted().toArray();
		return new Counts(requests[PLACES / 2], requests[PLACES - 1]);
	}

	private void retrieve(String log, int number) {
		AuditLog entry = this.json.readValue(this.rows.json(number), AuditLog.class);
		if (!entry.equals(this.client.retrieve(entry.id(), log).block())) {
			throw new IllegalStateException("Another entry than " + entry);
		}
	}

	private void read(Reader reader, String log, int number, Duration range) {
		Instant from = this.rows.time(number);
		reader.read(new Reading(log, PAGE_SIZE, from, from.plus(range)), (message) -> {
		});
	}

	private record Counts(int median, int most) {

		@Override
		public String toString() {
			return Figures.whole(this.median) + " (" + Figures.whole(this.most) + ")";
		}

	}

}
