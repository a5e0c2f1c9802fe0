package io.github.tursospring.auditlog.internal.reading;

import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * Looks for the place in the log where a boundary lies, by what single rows or windows
 * show: rows before it, or rows that are not.
 * <p>
 * A <em>place</em> is an offset in the direction of reading: it grows from row to row as
 * they are read, in either order. Where one side is known from what was just read, the
 * other is looked for in strides that grow; else the stretch between them is halved, row
 * by row, until a window holds it.
 */
final class Search {

	private static final long NONE = Long.MIN_VALUE;

	private static final long FAR = 1 << 30;

	private static final int WORTH_ESTIMATING = 64;

	private static final int MAX_ESTIMATES = 3;

	private final Order order;

	private final long edge;

	private long before = NONE;

	private long beforeTime;

	private long beyond = NONE;

	private long beyondTime;

	private long stride = 1;

	private int estimates;

	private long detour;

	private final boolean halving;

	/**
	 * Create a new search.
	 * @param order the order of reading
	 * @param edge the boundary's edge
	 * @param halving whether nothing is known of where it may be, so that strides are of
	 * no use
	 */
	Search(Order order, long edge, boolean halving) {
		this.order = order;
		this.edge = edge;
		this.halving = halving;
	}

	/** The log has grown at its head, so that every row has moved down. */
	void shift(long growth) {
		long shift = (this.order == Order.DESC) ? growth : -growth;
		this.before += (this.before != NONE) ? shift : 0;
		this.beyond += (this.beyond != NONE) ? shift : 0;
	}

	/** Every row of the slice is before the boundary. */
	void sawBefore(Slice slice) {
		int last = slice.lastBefore(this.edge);
		long place = place(slice.offset(last));
		if (this.before == NONE || place > this.before) {
			this.before = place;
			this.beforeTime = slice.time(last);
		}
		forgetIfCrossed(true);
	}

	/** No row of the slice is before the boundary. */
	void sawBeyond(Slice slice) {
		long place = place(slice.offset(0));
		if (this.beyond == NONE || place < this.beyond) {
			this.beyond = place;
			this.beyondTime = slice.time(0);
		}
		forgetIfCrossed(false);
	}

	/** The slice lies past the oldest row of the log. */
	void sawNothing(Slice slice) {
		this.estimates = MAX_ESTIMATES;
		if (this.order == Order.DESC) {
			this.beyond = place(slice.start());
		}
		else {
			this.before = place(slice.start());
		}
		forgetIfCrossed(this.order == Order.ASC);
	}

	/** The rows say no time: look further on. */
	void sawBlank() {
		this.detour = this.detour * 2 + 1;
	}

	private void forgetIfCrossed(boolean keepBefore) {
		this.detour = 0;
		if (this.before != NONE && this.beyond != NONE && this.before >= this.beyond) {
			if (keepBefore) {
				this.beyond = NONE;
			}
			else {
				this.before = NONE;
			}
			this.stride = 1;
		}
	}

	/**
	 * Return where to look next.
	 * @param total the number of rows in the log, or {@link Slice#UNKNOWN}
	 * @param size the largest page size
	 * @return the window
	 */
	Window next(long total, int size) {
		long first = (this.order == Order.DESC) ? -1 : ((total != Slice.UNKNOWN) ? -total : -FAR);
		long end = (this.order == Order.ASC) ? 1 : ((total != Slice.UNKNOWN) ? total : FAR);
		long low = (this.before != NONE) ? this.before : first;
		long high = (this.beyond != NONE) ? this.beyond : end;
		if (high - low <= Math.max(size, 2)) {
			return reaching(Math.max(low, first + 1), size);
		}
		boolean oneSided = (this.before == NONE) != (this.beyond == NONE);
		if (oneSided && !this.halving) {
			return stride(low, high, size);
		}
		if (this.estimates < MAX_ESTIMATES && this.before != NONE && this.beyond != NONE
				&& this.beyondTime > this.beforeTime && (high - low) / size >= WORTH_ESTIMATING) {
			this.estimates++;
			double share = (double) (this.edge - this.beforeTime) / (double) (this.beyondTime - this.beforeTime);
			long estimate = low + (long) ((double) (high - low) * share) - size / 2;
			return reaching(Math.min(Math.max(estimate, low + 1), high - 1), size);
		}
		return Window.row(offset(Math.min(low + (high - low) / 2 + this.detour, high - 1)));
	}

	private Window stride(long low, long high, int size) {
		long step = this.stride;
		this.stride = Math.max(step * 4, size);
		if (this.before != NONE) {
			return reaching(Math.min(low + step - 1, high - 1), size);
		}
		return reaching(Math.max(high - step, low + 1), size);
	}

	private Window reaching(long place, int size) {
		return Window.reaching(this.order, offset(place), size);
	}

	private long place(long offset) {
		return (this.order == Order.DESC) ? offset : -offset;
	}

	private long offset(long place) {
		return Math.max(0, (this.order == Order.DESC) ? place : -place);
	}

}
