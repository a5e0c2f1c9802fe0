package io.github.tursospring.auditlog.internal.reading;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * A stretch of the log that one request can show. Since the page size is the client's to
 * choose, windows can start almost anywhere.
 *
 * @param page the page's number, from 1
 * @param size the page's size
 */
record Window(int page, int size) {

	long start() {
		return (this.page - 1L) * this.size;
	}

	long end() {
		return start() + this.size;
	}

	/**
	 * Return the window of the row at an offset alone.
	 * @param offset the offset
	 * @return the window
	 */
	static Window row(long offset) {
		return new Window(Math.toIntExact(offset + 1), 1);
	}

	/**
	 * Return the window that holds an offset and reaches furthest past it in the
	 * direction of reading.
	 * @param order the direction
	 * @param offset the offset to hold
	 * @param maxSize the largest page size
	 * @return the window
	 */
	static Window reaching(Order order, long offset, int maxSize) {
		Window best = row(offset);
		for (int size = 2; size <= maxSize; size++) {
			Window window = new Window(Math.toIntExact(offset / size + 1), size);
			boolean further = (order == Order.DESC) ? window.end() > best.end() : window.start() < best.start();
			best = further ? window : best;
		}
		return best;
	}

	/**
	 * Return the smallest window that holds a stretch of offsets.
	 * @param from the first offset
	 * @param to the last offset
	 * @param maxSize the largest page size
	 * @return the window, or {@code null} where none of that size holds all
	 */
	static @Nullable Window holding(long from, long to, int maxSize) {
		for (long size = to - from + 1; size <= maxSize; size++) {
			if (from / size == to / size) {
				return new Window(Math.toIntExact(from / size + 1), (int) size);
			}
		}
		return null;
	}

	@Override
	public String toString() {
		return "page " + this.page + " (of " + this.size + " rows)";
	}

}
