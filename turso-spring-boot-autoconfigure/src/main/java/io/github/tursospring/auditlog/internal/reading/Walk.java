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

	private final Course course;

	private final Doubts doubts = new Doubts();

	private final StallGuard guard = new StallGuard();

	private Lookback lookback;

	private Boundary boundary;

	private Extent extent;

	private @Nullable Head head;

	private boolean astray;

	private boolean done;

	Walk(Route route) {
		this.order = route.order();
		this.lookback = route.lookback();
		this.boundary = route.from().boundary();
		this.extent = route.extent();
		this.head = route.head();
		this.course = new Course(route);
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
		return (this.head != null) ? this.course.plan().head(this.head) : this.course.next(this.boundary);
	}

	/**
	 * Return the window that will be wanted after another one, if all goes well.
	 * @param window the window before it
	 * @param level the tide at which that was chosen
	 * @return the window, or {@code null} where that cannot be told yet
	 */
	@Nullable Window after(Window window, long level) {
		boolean foreseeable = this.head == null && !isDoubting() && !this.done;
		return foreseeable ? this.course.after(window, level, this.boundary) : null;
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
		long rise = this.course.rise();
		Slice slice = seen.raised(this.course.level() - level);
		this.course.observe(asked, slice);
		this.astray = false;
		Slice trusted = trust(asked, slice, rise);
		Batch batch = (trusted != null) ? take(trusted) : Batch.EMPTY;
		if (batch.isEmpty() && !this.done) {
			this.guard.stalled();
		}
		else {
			this.guard.advanced();
		}
		return new Step(batch, this.done, this.astray, (trusted != null) ? trusted : slice, before, position(),
				this.lookback);
	}

	private @Nullable Slice trust(Window asked, Slice slice, long rise) {
		if (isDoubting()) {
			return this.doubts.settle(slice, rise, this.course.plan());
		}
		return this.doubts.raise(asked, slice, rise) ? null : slice;
	}

	private Batch take(Slice slice) {
		return (this.head != null) ? takeHead(this.head, slice) : takeNext(slice);
	}

	private Batch takeHead(Head head, Slice slice) {
		if (slice.isEmpty()) {
			return finish();
		}
		this.head = null;
		this.lookback = this.lookback.withHead(slice.time((this.order == Order.DESC) ? 0 : slice.size() - 1));
		if (head.isSnapshot()) {
			this.extent = this.extent.within(slice);
			this.head = this.extent.isOpen(slice) ? this.course.plan().enlarge(head) : null;
			if (this.head != null) {
				return Batch.EMPTY;
			}
		}
		int first = slice.indexOf(this.boundary.edge());
		if (first == 0 && this.order == Order.DESC) {
			this.boundary = Boundary.before(slice.time(0));
			this.course.verified();
			return Batch.EMPTY;
		}
		boolean readable = first < slice.size() && (first > 0 || slice.atOrigin());
		boolean last = first == slice.size() && slice.atEnd();
		return (readable || last || this.course.searchUnlessPlaced(this.boundary, slice)) ? takeNext(slice)
				: Batch.EMPTY;
	}

	private Batch takeNext(Slice slice) {
		if (slice.isBlank()) {
			this.course.sawBlank(slice);
			return Batch.EMPTY;
		}
		if (slice.isEmpty()) {
			return takeNothing(slice);
		}
		int first = slice.indexOf(this.boundary.edge());
		if (first == slice.size()) {
			return takeBefore(slice);
		}
		if (first > 0 || slice.atOrigin() || this.course.continues(slice, this.boundary)) {
			return read(slice, first);
		}
		this.astray = true;
		this.course.sawBeyond(slice, this.boundary);
		return Batch.EMPTY;
	}

	private Batch takeNothing(Slice slice) {
		if (this.course.hasPassedEnd(slice)) {
			return finish();
		}
		this.course.sawNothing(slice, this.boundary);
		return Batch.EMPTY;
	}

	private Batch takeBefore(Slice slice) {
		if (slice.atEnd()) {
			return finish();
		}
		this.course.sawBefore(slice, this.boundary);
		return Batch.EMPTY;
	}

	private Batch read(Slice slice, int first) {
		if (showsPartOfHeadSecond(slice, first) && this.course.plan().enlarge()) {
			this.boundary = Boundary.before(slice.time(first));
			return Batch.EMPTY;
		}
		Batch batch = sift(slice, first);
		Boundary read = this.boundary.after(batch, batch.size(), this.lookback);
		this.done |= slice.atEnd();
		this.course.hasRead(slice, batch.size(), this.boundary, read);
		this.boundary = read;
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
				fromItsStart ? Long.MAX_VALUE : this.course.overlapWith(slice));
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

	/** Whether the next window is expected to show nothing, past the end of the log. */
	boolean isPastEnd() {
		return this.doubts.isPastEnd();
	}

	/** Whether the next window is to continue what has been read. */
	boolean isReading() {
		return this.head == null && !isDoubting() && !this.course.isSearching();
	}

	Tide tide() {
		return this.course.tide();
	}

	/** Where reading stands. */
	Position position() {
		return this.course.position(this.boundary);
	}

}
