package io.github.tursospring.auditlog.internal.reading;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * One reading of a log, from a position to an extent's end: says which window to look at,
 * takes what it showed, and emits the rows that had not been emitted.
 * <p>
 * A slice is read if it is seen to continue what was read before: it shows a row from
 * before the boundary, or touches the log's origin. Newest first, where inserts can only
 * make rows repeat, a slice that starts where the last one ended is trusted as well,
 * until the log has lost rows or a second has straddled two pages. Any other slice emits
 * nothing: one that shows only what lies before the boundary, or only what lies beyond
 * it, tells where to look instead.
 * <p>
 * Pure logic without I/O, for one thread at a time.
 */
final class Walk {

	private final Order order;

	private final Tide tide;

	private final Footing footing;

	private final WindowPlan plan;

	private final StallGuard guard = new StallGuard();

	private final Doubts doubts = new Doubts();

	private Lookback lookback;

	private Boundary boundary;

	private Extent extent;

	private @Nullable Head head;

	private @Nullable Search search;

	private boolean overlapping;

	private boolean verifying;

	private boolean astray;

	private boolean done;

	Walk(Route route) {
		this.order = route.order();
		this.lookback = route.lookback();
		this.boundary = route.from().boundary();
		this.extent = route.extent();
		this.head = route.head();
		this.tide = new Tide(route.from().total());
		this.footing = new Footing(route.order(), route.from().anchor(), this.tide);
		this.plan = new WindowPlan(route, this.footing, this.tide);
		this.overlapping = route.order() == Order.ASC || route.concurrency() > 1;
		this.verifying = !this.boundary.isOrigin();
	}

	/**
	 * Return the window to look at next.
	 * @return the window
	 */
	Window next() {
		Window check = this.doubts.check();
		if (check != null) {
			return check;
		}
		if (this.head != null) {
			return this.plan.head(this.head);
		}
		if (this.search != null) {
			return this.search.next(this.tide.total(), this.plan.searchSize());
		}
		if (this.plan.isByPosition()) {
			return this.plan.byPosition();
		}
		boolean overlapping = this.overlapping || this.verifying;
		return overlapping ? this.plan.overlapping(this.boundary) : this.plan.adjoining();
	}

	/**
	 * Return the window that will be wanted after another one, if all goes well.
	 * @param window the window before it
	 * @param level the tide at which that was chosen
	 * @return the window, or {@code null} where that cannot be told yet
	 */
	@Nullable Window after(Window window, long level) {
		boolean foreseeable = this.head == null && this.search == null && this.overlapping && !this.done
				&& !isDoubting();
		return foreseeable ? this.plan.after(window, this.tide.level() - level, this.boundary) : null;
	}

	/**
	 * Take what a window showed.
	 * @param asked the window
	 * @param seen what it showed
	 * @param level the tide at which it was seen
	 * @return what to emit
	 * @throws ContractViolation if no log could show this
	 */
	Step accept(Window asked, Slice seen, long level) {
		Position before = position();
		long rise = this.footing.rise();
		Slice slice = seen.raised(this.footing.level() - level);
		this.astray = false;
		this.plan.observe(asked, slice);
		this.overlapping |= this.tide.shrinkage() > 0 || slice.total() == Slice.UNKNOWN;
		if (this.search != null) {
			this.search.shift(rise);
		}
		Batch batch = takeIfTrusted(asked, slice, rise);
		return new Step(batch, this.done, this.astray, slice, before, position(), this.lookback);
	}

	private Batch takeIfTrusted(Window asked, Slice seen, long rise) {
		Slice slice = seen;
		if (isDoubting()) {
			slice = this.doubts.settle(seen, rise, this.plan);
		}
		else if (this.doubts.raise(asked, seen, rise)) {
			slice = null;
		}
		if (slice == null) {
			this.guard.stalled();
			return Batch.EMPTY;
		}
		return (this.head != null) ? takeHead(this.head, slice) : take(slice);
	}

	private Batch takeHead(Head head, Slice slice) {
		if (slice.isEmpty()) {
			return finish();
		}
		this.head = null;
		this.lookback = this.lookback.withHead(slice.time((this.order == Order.DESC) ? 0 : slice.size() - 1));
		if (head.isSnapshot()) {
			this.extent = this.extent.within(slice);
			this.head = this.extent.isOpen(slice) ? this.plan.enlarge(head) : null;
			if (this.head != null) {
				return Batch.EMPTY;
			}
		}
		int first = slice.indexOf(this.boundary.edge());
		if (first == 0 && this.order == Order.DESC) {
			this.boundary = Boundary.before(slice.time(0));
			this.verifying = false;
			return Batch.EMPTY;
		}
		boolean readable = first < slice.size() && (first > 0 || slice.atOrigin());
		if (readable || (first == slice.size() && slice.atEnd())) {
			return take(slice);
		}
		boolean placed = this.footing.hasAnchor() || (this.boundary.isOrigin() && slice.total() != Slice.UNKNOWN);
		if (placed) {
			return Batch.EMPTY;
		}
		this.search = new Search(this.order, this.boundary.edge(), slice.total() != Slice.UNKNOWN);
		return (first == slice.size()) ? takeBefore(slice) : takeBeyond(slice);
	}

	private Batch take(Slice slice) {
		if (slice.isBlank()) {
			return takeBlank(slice);
		}
		if (slice.isEmpty()) {
			return takeNothing(slice);
		}
		int first = slice.indexOf(this.boundary.edge());
		if (first == slice.size()) {
			return takeBefore(slice);
		}
		if (first == 0 && !slice.atOrigin() && !continues(slice)) {
			return takeBeyond(slice);
		}
		return read(slice, first);
	}

	private boolean continues(Slice slice) {
		if (this.search != null || this.verifying || this.footing.next() == Footing.NONE) {
			return false;
		}
		if (this.plan.isByPosition()) {
			return this.boundary.emitted().containsKey(RowKey.of(slice.row(0), slice.time(0)));
		}
		return !this.overlapping && !slice.trimmed() && this.footing.adjoins(slice)
				&& slice.time(0) > this.boundary.latest();
	}

	/** Rows that say no time: look beside them. */
	private Batch takeBlank(Slice slice) {
		this.guard.stalled();
		this.overlapping = true;
		if (this.search != null) {
			this.search.sawBlank();
		}
		else if (!this.plan.enlarge()) {
			throw ContractViolation.lasting("none of the " + slice.pageSize() + " rows above row " + slice.start()
					+ " has a created_at, so their place cannot be told");
		}
		return Batch.EMPTY;
	}

	/** The window lies past the oldest row. */
	private Batch takeNothing(Slice slice) {
		if (slice.atEnd() && (slice.atOrigin() || (!this.overlapping && this.footing.adjoins(slice)))) {
			return finish();
		}
		this.guard.stalled();
		if (this.search != null || this.order == Order.DESC) {
			search().sawNothing(slice);
		}
		else {
			this.footing.forget();
			this.plan.restore();
		}
		return Batch.EMPTY;
	}

	/** More was inserted than the window had room for: go on. */
	private Batch takeBefore(Slice slice) {
		if (slice.atEnd()) {
			return finish();
		}
		this.guard.stalled();
		this.overlapping = true;
		if (this.search != null || !this.footing.liesBeyond(slice)) {
			search().sawBefore(slice);
		}
		return Batch.EMPTY;
	}

	/** Rows between the boundary and the slice are missing: step back. */
	private Batch takeBeyond(Slice slice) {
		this.guard.stalled();
		this.astray = true;
		this.overlapping = true;
		enlargeIfTrimmed(slice);
		if (this.search == null && this.plan.isByPosition()) {
			this.plan.stepBack();
			return Batch.EMPTY;
		}
		this.footing.stepBack();
		if (this.search != null || !this.footing.liesBefore(slice)) {
			search().sawBeyond(slice);
		}
		else if (!this.footing.hasAnchor()) {
			this.plan.enlarge();
		}
		return Batch.EMPTY;
	}

	/** Have the next window start elsewhere than at rows whose time cannot be told. */
	private void enlargeIfTrimmed(Slice slice) {
		if (slice.trimmed()) {
			this.plan.enlarge();
		}
	}

	private Search search() {
		if (this.search == null) {
			this.search = new Search(this.order, this.boundary.edge(), false);
		}
		return this.search;
	}

	private Batch read(Slice slice, int first) {
		if (showsPartOfHeadSecond(slice, first) && this.plan.enlarge()) {
			this.boundary = Boundary.before(slice.time(first));
			this.guard.stalled();
			return Batch.EMPTY;
		}
		Batch batch = sift(slice, first);
		Boundary read = this.boundary.after(batch, batch.size(), this.lookback);
		this.footing.moveTo(slice, !batch.isEmpty(), this.boundary.edge(), read.edge());
		if (read.edge() != this.boundary.edge()) {
			this.plan.restore();
		}
		this.boundary = read;
		this.search = null;
		this.verifying = false;
		this.done |= slice.atEnd();
		if (batch.isEmpty() && !this.done) {
			this.guard.stalled();
			enlargeIfTrimmed(slice);
		}
		else {
			this.guard.advanced();
		}
		return batch;
	}

	/**
	 * Whether, reading newest first, the first page is filled by one second: of what is
	 * there later, nobody could say whether it was there then.
	 */
	private boolean showsPartOfHeadSecond(Slice slice, int first) {
		return this.order == Order.DESC && this.boundary.emitted().isEmpty() && slice.atOrigin() && !slice.atEnd()
				&& slice.time(first) == slice.time(slice.size() - 1);
	}

	private Batch sift(Slice slice, int first) {
		boolean fromItsStart = first > 0 || slice.atOrigin();
		Sieve sieve = new Sieve(this.boundary, this.extent,
				fromItsStart ? Long.MAX_VALUE : this.footing.overlapWith(slice));
		Batch batch = sieve.sift(slice, first);
		this.done |= sieve.passedEnd();
		return batch;
	}

	private Batch finish() {
		this.done = true;
		return Batch.EMPTY;
	}

	/** Whether the next window is to tell of what the last one showed. */
	boolean isDoubting() {
		return this.doubts.check() != null;
	}

	Tide tide() {
		return this.tide;
	}

	/** Where reading stands. */
	Position position() {
		return new Position(this.boundary, this.footing.anchor(), this.tide.total(), this.plan.maxPageSize());
	}

}
