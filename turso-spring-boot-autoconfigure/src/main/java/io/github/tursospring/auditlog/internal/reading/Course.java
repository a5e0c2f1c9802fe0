package io.github.tursospring.auditlog.internal.reading;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * Where to look next, by what the windows before have shown. Offsets only say where to
 * look: whether what is there may be read is not for them to say.
 */
final class Course {

	private final Order order;

	private final Tide tide;

	private final Footing footing;

	private final WindowPlan plan;

	private @Nullable Search search;

	private boolean overlapping;

	private boolean verifying;

	Course(Route route) {
		this.order = route.order();
		this.tide = new Tide(route.from().total());
		this.footing = new Footing(route.order(), route.from().anchor(), this.tide);
		this.plan = new WindowPlan(route, this.footing, this.tide);
		this.overlapping = route.order() == Order.ASC || route.concurrency() > 1;
		this.verifying = !route.from().boundary().isOrigin();
	}

	/**
	 * Return the window to look at next.
	 * @param boundary the boundary
	 * @return the window
	 */
	Window next(Boundary boundary) {
		if (this.search != null) {
			return this.search.next(this.tide.total(), this.plan.searchSize());
		}
		if (this.plan.isByPosition()) {
			return this.plan.byPosition();
		}
		boolean overlapping = this.overlapping || this.verifying;
		return overlapping ? this.plan.overlapping(boundary) : this.plan.adjoining();
	}

	/**
	 * Return the window that will be wanted after another one, if all goes well.
	 * @param window the window before it
	 * @param level the tide at which that was chosen
	 * @param boundary the boundary, as wide as it is to be expected again
	 * @return the window, or {@code null} where that cannot be told yet
	 */
	@Nullable Window after(Window window, long level, Boundary boundary) {
		boolean foreseeable = this.search == null && this.overlapping;
		return foreseeable ? this.plan.after(window, this.tide.level() - level, boundary) : null;
	}

	/** Move with the tide; returns by how much. */
	long rise() {
		long rise = this.footing.rise();
		if (this.search != null) {
			this.search.shift(rise);
		}
		return rise;
	}

	/** Take note of what the server said with a slice. */
	void observe(Window asked, Slice slice) {
		this.plan.observe(asked, slice);
		this.overlapping |= this.tide.shrinkage() > 0 || slice.total() == Slice.UNKNOWN;
	}

	/** Whether a slice goes on where reading stands, though nothing in it says so. */
	boolean continues(Slice slice, Boundary boundary) {
		if (this.search != null || this.verifying || this.footing.next() == Footing.NONE) {
			return false;
		}
		if (this.plan.isByPosition()) {
			return boundary.emitted().containsKey(RowKey.of(slice.row(0), slice.time(0)));
		}
		return !this.overlapping && !slice.trimmed() && this.footing.adjoins(slice)
				&& slice.time(0) > boundary.latest();
	}

	/** Whether a slice without rows lies past the last row there is to read. */
	boolean hasPassedEnd(Slice slice) {
		return slice.atEnd() && (slice.atOrigin() || (!this.overlapping && this.footing.adjoins(slice)));
	}

	/** Look for the boundary from scratch, unless there is a hint of where it may be. */
	boolean searchUnlessPlaced(Boundary boundary, Slice head) {
		boolean measured = head.total() != Slice.UNKNOWN;
		boolean placed = this.footing.hasAnchor() || (boundary.isOrigin() && measured);
		if (!placed) {
			this.search = new Search(this.order, boundary.edge(), measured);
		}
		return !placed;
	}

	/** The rows of a slice say no time: look beside them. */
	void sawBlank(Slice slice) {
		this.overlapping = true;
		if (this.search != null) {
			this.search.sawBlank();
		}
		else if (!this.plan.enlarge()) {
			throw ContractViolation.lasting("none of the " + slice.pageSize() + " rows above row " + slice.start()
					+ " has a created_at, so their place cannot be told");
		}
	}

	/** A slice lies past the oldest row. */
	void sawNothing(Slice slice, Boundary boundary) {
		if (this.search != null || this.order == Order.DESC) {
			search(boundary).sawNothing(slice);
		}
		else {
			this.footing.forget();
			this.plan.restore();
		}
	}

	/**
	 * All of a slice lies before the boundary: more was inserted than it had room for.
	 */
	void sawBefore(Slice slice, Boundary boundary) {
		this.overlapping = true;
		if (this.search != null || !this.footing.liesBeyond(slice)) {
			search(boundary).sawBefore(slice);
		}
	}

	/** Rows between the boundary and a slice are missing: step back. */
	void sawBeyond(Slice slice, Boundary boundary) {
		this.overlapping = true;
		if (slice.trimmed()) {
			this.plan.enlarge();
		}
		if (this.search == null && this.plan.isByPosition()) {
			this.plan.stepBack();
			return;
		}
		this.footing.stepBack();
		if (this.search != null || !this.footing.liesBefore(slice)) {
			search(boundary).sawBeyond(slice);
		}
		else if (!this.footing.hasAnchor()) {
			this.plan.enlarge();
		}
	}

	private Search search(Boundary boundary) {
		if (this.search == null) {
			this.search = new Search(this.order, boundary.edge(), false);
		}
		return this.search;
	}

	/**
	 * A slice has been read.
	 * @param slice the slice
	 * @param count how many of its rows were not yet read
	 * @param before the boundary before it
	 * @param after the boundary after it
	 */
	void hasRead(Slice slice, int count, Boundary before, Boundary after) {
		this.footing.moveTo(slice, count > 0, before.edge(), after.edge());
		if (after.edge() != before.edge()) {
			this.plan.restore();
		}
		else if (count == 0 && slice.trimmed()) {
			this.plan.enlarge();
		}
		verified();
	}

	/** The boundary has been seen where it was expected. */
	void verified() {
		this.search = null;
		this.verifying = false;
	}

	/** Whether the next window is to tell where the boundary lies. */
	boolean isSearching() {
		return this.search != null;
	}

	/** How many of a slice's rows lie, by their offsets, before the first unread one. */
	long overlapWith(Slice slice) {
		return this.footing.overlapWith(slice);
	}

	WindowPlan plan() {
		return this.plan;
	}

	Tide tide() {
		return this.tide;
	}

	/** The tide that offsets are good for. */
	long level() {
		return this.footing.level();
	}

	/** Where reading stands. */
	Position position(Boundary boundary) {
		return new Position(boundary, this.footing.anchor(), this.tide.total(), this.plan.maxPageSize());
	}

}
