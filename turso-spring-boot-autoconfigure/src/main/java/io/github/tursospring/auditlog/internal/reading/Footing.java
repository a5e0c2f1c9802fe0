package io.github.tursospring.auditlog.internal.reading;

import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * The offsets that reading stands on: where the last row before the boundary was, and
 * where the first unread one. They move with the {@link Tide}, and only say where to
 * look: what is found there is verified by the {@link Boundary}.
 */
final class Footing {

	/** No offset: everything up to the origin is part of the boundary. */
	static final long NONE = Long.MIN_VALUE;

	private final Order order;

	private final Tide tide;

	private long level;

	private long anchor;

	private long next = NONE;

	/** Where the oldest row was when it was last seen. */
	private long oldest = NONE;

	/** Where the first unread row was when it was last seen, before any growth since. */
	private long read = NONE;

	Footing(Order order, long anchor, Tide tide) {
		this.order = order;
		this.anchor = anchor;
		this.tide = tide;
		this.level = tide.level();
	}

	/** Move with the tide; returns by how much. */
	long rise() {
		long rise = this.tide.level() - this.level;
		this.anchor += (this.anchor != NONE) ? rise : 0;
		this.next += (this.next != NONE) ? rise : 0;
		this.oldest += (this.oldest != NONE) ? rise : 0;
		this.level += rise;
		return rise;
	}

	/** Move to where a slice was read to. */
	void moveTo(Slice slice, boolean emitted, long oldEdge, long newEdge) {
		this.oldest = (this.order == Order.ASC && slice.atOrigin()) ? slice.offset(0) : this.oldest;
		int before = slice.lastBefore(newEdge);
		if (before >= 0) {
			this.anchor = slice.offset(before);
		}
		else if (slice.atOrigin()) {
			this.anchor = NONE;
		}
		else if (newEdge != oldEdge) {
			this.anchor = slice.offset(0) + ((this.order == Order.DESC) ? -1 : 1);
		}
		boolean further = (this.order == Order.DESC) ? slice.next() > this.next : slice.next() < this.next;
		if (this.next == NONE || further || emitted) {
			this.next = slice.next();
			this.read = this.next;
		}
	}

	/** Forget where the last row before the boundary was: go back to the origin. */
	void forget() {
		this.anchor = NONE;
		this.next = NONE;
		this.oldest = NONE;
	}

	/** Step back by what the log has lost, in case it was lost from what was read. */
	void stepBack() {
		if (this.order == Order.DESC && this.anchor != NONE) {
			this.anchor = Math.max(0, this.anchor - this.tide.shrinkage());
		}
	}

	/** Where a window has to start that shows the boundary whole. */
	long overlap() {
		if (this.anchor != NONE) {
			return this.anchor;
		}
		if (this.order == Order.DESC) {
			return 0;
		}
		if (this.tide.total() != Slice.UNKNOWN) {
			return this.tide.total();
		}
		return Math.max(0, (this.oldest != NONE) ? this.oldest + 1 : this.next);
	}

	/**
	 * Whether a slice starts where the last one ended or before, however much the log has
	 * grown: newest first, nothing unread can lie above it.
	 */
	boolean adjoins(Slice slice) {
		return this.order == Order.DESC && this.read != NONE && slice.start() <= this.read;
	}

	/** Whether a window reaches at least this many rows past what has been read. */
	boolean isPassedBy(Window window, int rows) {
		if (isPastOldest(window)) {
			return false;
		}
		if (this.next == NONE) {
			return true;
		}
		long reach = (this.order == Order.DESC) ? window.end() - this.next : this.next + 1 - window.start();
		return reach >= rows || (this.order == Order.ASC && window.start() == 0);
	}

	private boolean isPastOldest(Window window) {
		if (this.oldest != NONE) {
			return window.start() > this.oldest;
		}
		boolean pastTotal = this.tide.total() > 0 && window.start() >= this.tide.total();
		return this.order == Order.ASC && this.anchor == NONE && pastTotal;
	}

	/** How many of a slice's rows lie, by their offsets, before the first unread one. */
	long overlapWith(Slice slice) {
		return (this.order == Order.DESC) ? this.next - slice.start() : slice.offset(0) - this.next;
	}

	/** Whether the last row before the boundary is expected before a slice. */
	boolean liesBefore(Slice slice) {
		if (this.anchor == NONE) {
			return this.order == Order.DESC || this.tide.total() != Slice.UNKNOWN;
		}
		return (this.order == Order.DESC) ? this.anchor < slice.offset(0) : this.anchor > slice.offset(0);
	}

	/** Whether the last row before the boundary is expected beyond a slice. */
	boolean liesBeyond(Slice slice) {
		long last = slice.offset(slice.size() - 1);
		return this.anchor != NONE && ((this.order == Order.DESC) ? this.anchor > last : this.anchor < last);
	}

	boolean hasAnchor() {
		return this.anchor != NONE;
	}

	long anchor() {
		return this.anchor;
	}

	long next() {
		return this.next;
	}

	long level() {
		return this.level;
	}

}
