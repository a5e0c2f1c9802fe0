package io.github.tursospring.auditlog.internal.engine;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.engine.Transition.Outcome;

/**
 * Reads a second that no page can show whole, by the order in which the server shows its
 * rows: what comes after the row that was emitted last is read. Where no page can show
 * both, the page after it is held until that row has been seen in its place again, so
 * that nothing was removed before it meanwhile.
 *
 * @param progress how far reading has come
 * @param last the row that was read last, {@code null} before the oldest one
 * @param seen whether its place has been seen, rather than computed
 * @param held the page after that row, or {@code null}
 * @param misses how many times in a row that row was not seen
 * @param relocations how often its second has been located
 */
record ReadingByOffset(Progress progress, @Nullable EntryKey last, boolean seen, @Nullable ValidatedPage held,
		int misses, int relocations) implements ReadState {

	private static final int NOT_FOUND = -2;

	private static final int MAX_MISSES = 16;

	private static final int MAX_RELOCATIONS = 3;

	static ReadingByOffset after(Progress progress, boolean seen, int relocations) {
		EntryKey last = progress.cursor().last();
		if (last == null) {
			throw lost();
		}
		return new ReadingByOffset(progress, last, seen, null, 0, relocations);
	}

	private long lastPlace() {
		return this.progress.anchor() + this.progress.cursor().count();
	}

	@Override
	public PageRequest request(ReadSpec spec) {
		LogSize log = this.progress.log();
		if (!log.isKnown()) {
			return PageRequest.first(Math.min(spec.pageSize(), log.limit()));
		}
		long lastOffset = Math.max(0, WindowPlanner.offset(spec.order(), log, lastPlace()));
		long nextOffset = Math.max(0, WindowPlanner.offset(spec.order(), log, lastPlace() + 1));
		if (this.held != null || !this.seen) {
			int size = (this.misses > 0) ? log.limit() : Math.min(spec.pageSize(), log.limit());
			return PageRequest.covering(lastOffset, size);
		}
		long growth = Math.min(log.growth(), log.limit() / 2);
		return WindowPlanner.neighbours(spec.order(), lastOffset, nextOffset, growth, log.limit());
	}

	@Override
	public ReadState with(Progress newProgress) {
		return new ReadingByOffset(newProgress, this.last, this.seen, null, this.misses, this.relocations);
	}

	@Override
	public Transition accept(ValidatedPage page, Progress seen, ReadSpec spec) {
		int index = indexOfLast(page);
		if (index == NOT_FOUND) {
			boolean follows = this.held == null && this.seen && follows(page, seen.log(), spec);
			return follows
					? Transition.to(new ReadingByOffset(seen, this.last, true, page, this.misses, this.relocations),
							Outcome.LOOKED, page)
					: search(page, seen, spec);
		}
		long place = (index >= 0) ? page.place(index) : (page.isEmpty() ? -1 : page.place(0) - 1);
		Progress anchored = anchored(seen, place);
		if (this.held == null) {
			return emit(page, index + 1, anchored, spec);
		}
		long skip = this.held.isEmpty() ? 0 : place + 1 - this.held.place(0);
		boolean unmoved = place == lastPlace() && skip >= 0 && skip <= this.held.size();
		return unmoved ? emit(this.held, (int) skip, anchored, spec) : missed(anchored, page);
	}

	private static Progress anchored(Progress seen, long lastPlace) {
		return seen.anchoredAt(lastPlace - seen.cursor().count());
	}

	/** Whether a page starts right after the row that was read last, by ranks. */
	private boolean follows(ValidatedPage page, LogSize log, ReadSpec spec) {
		if (page.isEmpty()) {
			return log.isKnown() && page.start() <= WindowPlanner.offset(spec.order(), log, lastPlace() + 1);
		}
		return page.place(0) == lastPlace() + 1;
	}

	/**
	 * Where rows of the second were removed, its rows do not lie where they were
	 * expected. A page that starts with rows that have been emitted continues them.
	 */
	private Transition search(ValidatedPage page, Progress seen, ReadSpec spec) {
		Cursor cursor = seen.cursor();
		int emitted = emitted(page, cursor, spec.order());
		if (page.isEmpty()) {
			return missed(seen, page);
		}
		if (emitted == page.size()) {
			return page.endsReading() ? Transition.to(new Done(seen), Outcome.READ, page)
					: missed(anchored(seen, Math.max(lastPlace(), page.place(emitted - 1) + 1)), page);
		}
		if (spec.order() == Order.DESC && emitted > 0 && page.place(emitted) <= lastPlace()) {
			return missed(seen, page);
		}
		if (emitted == 0 || cursor.isPartial()) {
			return missed(anchored(seen, Math.min(lastPlace(), page.place(0) - page.size())), page);
		}
		return emit(page, emitted, anchored(seen, page.place(emitted - 1)), spec);
	}

	/**
	 * How many rows at the start of a page come no later than rows that were emitted. New
	 * rows of the second, before those, were not there when it was begun.
	 */
	private static int emitted(ValidatedPage page, Cursor cursor, Order order) {
		int first = page.indexOf(cursor.watermark());
		int emitted = first;
		while (emitted < page.size() && !cursor.emitted().containsKey(page.key(emitted))) {
			emitted++;
		}
		if (emitted == page.size()) {
			return (order == Order.DESC && first > 0 && !page.endsReading()) ? emitted : first;
		}
		while (emitted < page.size() && cursor.emitted().containsKey(page.key(emitted))) {
			emitted++;
		}
		return emitted;
	}

	/**
	 * The row that was read last, of several identical ones the nearest to its place; -1
	 * where reading starts with the oldest row, and the page shows the end of the log.
	 */
	private int indexOfLast(ValidatedPage page) {
		if (this.last == null) {
			return page.startsReading() ? -1 : NOT_FOUND;
		}
		int nearest = NOT_FOUND;
		for (int i = page.indexOf(this.last.time()); i < page.size() && page.time(i) == this.last.time(); i++) {
			boolean nearer = nearest < 0
					|| Math.abs(page.place(i) - lastPlace()) < Math.abs(page.place(nearest) - lastPlace());
			if (nearer && page.key(i).equals(this.last)) {
				nearest = i;
			}
		}
		return nearest;
	}

	private Transition emit(ValidatedPage page, int first, Progress seen, ReadSpec spec) {
		Deduplicator selected = Deduplicator.selectFrom(page, first, seen.cursor(), seen.end());
		Transition read = Reading.emit(page, selected, seen, spec, true, null);
		boolean stuck = read.entries().isEmpty() && !read.state().isDone() && !(read.state() instanceof ReadingAhead);
		return stuck ? Transition.to(new ReadingByOffset(seen, this.last, true, null, this.misses, this.relocations),
				Outcome.LOOKED, page) : read;
	}

	private Transition missed(Progress seen, ValidatedPage page) {
		if (this.misses + 1 < MAX_MISSES || seen.cursor().isOrigin()) {
			return Transition.to(new ReadingByOffset(seen, this.last, false, null, this.misses + 1, this.relocations),
					Outcome.MISPLACED, page);
		}
		if (this.relocations == MAX_RELOCATIONS) {
			throw lost();
		}
		TimeSearch search = TimeSearch.of(seen.cursor().watermark());
		return Transition.to(new Locating(seen, search, this.relocations + 1), Outcome.MISPLACED, page);
	}

	private static ContractViolation lost() {
		return ContractViolation.permanent("the log changes within a second that has more rows than a page shows, so"
				+ " the row that was read last cannot be found again");
	}

}
