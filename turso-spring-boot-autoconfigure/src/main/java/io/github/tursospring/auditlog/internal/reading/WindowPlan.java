package io.github.tursospring.auditlog.internal.reading;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * Chooses windows: how large, and from where. A second with more rows than a page makes
 * them larger, up to the largest page that the server applies; past that, reading goes on
 * by position.
 */
final class WindowPlan {

	private static final int ENLARGEMENT = 4;

	private static final int MIN_SEARCH_SIZE = 20;

	/** How many new rows a poll has room for without a second request. */
	private static final int POLL_ROOM = 10;

	private final Order order;

	private final int pageSize;

	private final int wanted;

	private final Footing footing;

	private final Tide tide;

	private final boolean polling;

	private int size;

	private int maxPageSize;

	private boolean byPosition;

	private long stepBack;

	WindowPlan(Route route, Footing footing, Tide tide) {
		this.order = route.order();
		this.pageSize = route.pageSize();
		this.wanted = route.wanted();
		this.footing = footing;
		this.tide = tide;
		this.polling = route.polling();
		this.size = route.pageSize();
		this.maxPageSize = route.from().maxPageSize();
	}

	Window head(Head head) {
		return new Window(1, Math.min(head.size(), this.maxPageSize));
	}

	/** The window that starts where the last one ended. */
	Window adjoining() {
		return Window.reaching(this.order, Math.max(0, this.footing.next()), Math.min(this.size, this.maxPageSize));
	}

	/**
	 * Return a window within a second that is wider than any page: it starts at rows of
	 * that second that were read before.
	 * @return the window
	 */
	Window byPosition() {
		long back = Math.min(1 + slack() + this.stepBack, Math.max(1, this.size / 2));
		while (true) {
			long from = Math.max(0, this.footing.next() + ((this.order == Order.DESC) ? -back : back));
			Window window = Window.reaching(this.order, from, this.size);
			if (back == 0 || this.footing.isPassedBy(window, 1)) {
				return window;
			}
			back /= 2;
		}
	}

	/**
	 * Return a window that starts before the boundary and reaches past what was read.
	 * @param boundary the boundary
	 * @return the window
	 */
	Window overlapping(Boundary boundary) {
		long from = this.footing.overlap();
		if (this.polling) {
			Window holding = Window.holding(0, from + slack() + POLL_ROOM, this.maxPageSize);
			if (holding != null) {
				return holding;
			}
		}
		if (this.wanted > 0 && this.size <= this.pageSize) {
			long stretch = (long) this.wanted + boundary.count();
			long to = Math.max(0, (this.order == Order.DESC) ? from + stretch : from - stretch);
			Window holding = Window.holding(Math.min(from, to), Math.max(from, to), this.maxPageSize);
			if (holding != null && this.footing.isPassedBy(holding, Math.max(1, this.wanted / 4))) {
				return holding;
			}
		}
		this.size = Math.min(this.size, this.maxPageSize);
		do {
			Window window = Window.reaching(this.order, from + slack(), this.size);
			if (this.footing.isPassedBy(window, Math.max(1, this.size / 4))) {
				return window;
			}
		}
		while (enlarge());
		Window window = Window.reaching(this.order, from, this.size);
		boolean wide = boundary.count() >= this.size / 4;
		this.byPosition = wide && !this.footing.isPassedBy(window, 1);
		return this.byPosition ? byPosition() : window;
	}

	private long slack() {
		return (this.order == Order.ASC) ? this.tide.slack(this.size) : 0;
	}

	/**
	 * Return the window that will be wanted after another one, if all goes well.
	 * @param window the window before it
	 * @param rise by how much the log has grown since that was chosen
	 * @param boundary the boundary, as wide as it is to be expected again
	 * @return the window, or {@code null} where that cannot be told yet
	 */
	@Nullable Window after(Window window, long rise, Boundary boundary) {
		long total = this.tide.total();
		long start = window.start() + rise;
		long end = window.end() + rise;
		boolean last = (this.order == Order.DESC) ? end >= total : start <= 0;
		if (last || this.byPosition || total == Slice.UNKNOWN || this.size > this.pageSize) {
			return null;
		}
		long margin = Math.min(Math.max(1, boundary.emitted().size()), size() / 2);
		Window next = (this.order == Order.DESC) ? Window.reaching(this.order, end - 1 - margin, size())
				: Window.reaching(this.order, start + margin + slack(), size());
		boolean further = (this.order == Order.DESC) ? next.end() > end : next.start() < start;
		return further ? next : null;
	}

	/**
	 * Take note of the page size that the server applied.
	 * @param asked the window that was asked for
	 * @param slice what it showed
	 */
	void observe(Window asked, Slice slice) {
		if (slice.pageSize() < asked.size()) {
			limit(slice.pageSize());
		}
	}

	/** Ask for no larger pages than that. */
	void limit(int rows) {
		this.maxPageSize = Math.min(this.maxPageSize, Math.max(1, rows));
	}

	/** Ask for larger pages, if the server may apply them. */
	boolean enlarge() {
		if (this.size >= this.maxPageSize) {
			return false;
		}
		this.size = Math.min(this.size * ENLARGEMENT, this.maxPageSize);
		return true;
	}

	@Nullable Head enlarge(Head head) {
		return (head.size() < this.maxPageSize)
				? new Head(Math.min(head.size() * ENLARGEMENT, this.maxPageSize), head.isSnapshot()) : null;
	}

	/** Look further back for the rows of a wide second that were read before. */
	void stepBack() {
		this.stepBack = Math.max(4, this.stepBack * 2);
	}

	/** Go back to pages of the size asked for, as the boundary has moved on. */
	void restore() {
		this.size = this.pageSize;
		this.byPosition = false;
		this.stepBack = 0;
	}

	boolean isByPosition() {
		return this.byPosition;
	}

	/**
	 * A page size with room for what may be inserted while the boundary is looked for.
	 */
	int searchSize() {
		return (int) Math.min(Math.max(this.pageSize, MIN_SEARCH_SIZE + this.tide.slack(this.maxPageSize)),
				this.maxPageSize);
	}

	/** The page size asked for, within what the server applies. */
	int size() {
		return Math.min(this.pageSize, this.maxPageSize);
	}

	int maxPageSize() {
		return this.maxPageSize;
	}

}
