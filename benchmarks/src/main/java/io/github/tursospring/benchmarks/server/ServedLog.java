package io.github.tursospring.benchmarks.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A log as one organization has it: some of the prepared rows, more at its head and fewer
 * at its tail after each answer if it moves. Safe for use by several threads.
 */
final class ServedLog {

	private static final int MAX_PAGE_SIZE = 1000;

	private final PreparedLog prepared;

	private final Duration latency;

	private final int growth;

	private final int removals;

	private int head;

	private int tail;

	private int requests;

	private long newest;

	private long firstSent;

	/**
	 * Create a new log.
	 * @param prepared the prepared rows
	 * @param rows how many the log has to begin with
	 * @param latency how long each answer takes
	 * @param growth how many rows are added after each answer
	 * @param removals how many rows are removed after each answer
	 */
	ServedLog(PreparedLog prepared, int rows, Duration latency, int growth, int removals) {
		this.prepared = prepared;
		this.latency = latency;
		this.growth = growth;
		this.removals = removals;
		this.tail = prepared.rows();
		this.head = this.tail - rows;
	}

	Duration latency() {
		return this.latency;
	}

	synchronized ByteBuf page(int page, int askedPageSize) {
		int pageSize = Math.min(Math.max(askedPageSize, 1), MAX_PAGE_SIZE);
		int total = this.tail - this.head;
		int from = (int) Math.min(this.tail, this.head + (page - 1L) * pageSize);
		int to = Math.min(this.tail, from + pageSize);
		String end = "],\"pagination\":{\"page\":" + page + ",\"page_size\":" + pageSize + ",\"total_pages\":"
				+ (total + pageSize - 1) / pageSize + ",\"total_rows\":" + total + "}}";
		if (this.requests++ == 0) {
			this.newest = number(this.head);
		}
		ByteBuf text = Unpooled.wrappedBuffer(utf8("{\"audit_logs\":["), this.prepared.text(from, to), utf8(end));
		this.head = Math.max(0, this.head - this.growth);
		this.tail = Math.max(this.head, this.tail - this.removals);
		return text;
	}

	/** Take note that the last byte of an answer has been sent. */
	synchronized void sent() {
		if (this.firstSent == 0) {
			this.firstSent = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
		}
	}

	/** What has happened to the log, as Java properties. */
	synchronized String statistics() {
		return "requests=" + this.requests + "\nnewest=" + this.newest + "\noldest=" + number(this.tail - 1)
				+ "\nfirst-sent=" + this.firstSent + "\n";
	}

	private int number(int index) {
		return this.prepared.rows() - index;
	}

	private static ByteBuf utf8(String text) {
		return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
	}

}
