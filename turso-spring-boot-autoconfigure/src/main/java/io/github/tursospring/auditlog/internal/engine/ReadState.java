package io.github.tursospring.auditlog.internal.engine;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.engine.ReadSpec.Mode;

/**
 * The state of a reading: which page to request, and which state its response leads to.
 * <pre>
 * initial ─► Probing ─► Locating ◄─► Reading ◄─► ReadingByOffset ─► Done
 * </pre> Before {@code Done}, {@code ReadingAhead} reads what was dated ahead. Immutable;
 * the same state and page always lead to the same transition. Any state but {@code Done}
 * turns to {@link Rechecking} where two pages contradict each other.
 */
public sealed interface ReadState permits Probing, Locating, Reading, ReadingByOffset, ReadingAhead, Rechecking, Done {

	/** Return the state in which a reading starts. */
	static ReadState initial(ReadSpec spec) {
		Progress progress = Progress.start(spec);
		boolean head = spec.order() == Order.DESC && progress.cursor().isOrigin();
		boolean snapshot = spec.order() == Order.ASC && (spec.mode() == Mode.STREAM || spec.mode() == Mode.FOLLOW);
		if (head) {
			return new Reading(progress, false, 0);
		}
		return (progress.hasAnchor() && progress.log().isKnown() && !snapshot)
				? Reading.resume(progress, spec, spec.order() == Order.ASC || spec.resumed()) : new Probing(progress);
	}

	/** Return how far reading has come. */
	Progress progress();

	/** Return the page to request next. */
	PageRequest request(ReadSpec spec);

	/**
	 * Return the page to request after another one, while that is still under way.
	 * @return the request, {@code null} where it cannot be told
	 */
	default @Nullable PageRequest requestAfter(PageRequest request, ReadSpec spec) {
		return null;
	}

	/** Return whether pages are requested ahead. */
	default boolean prefetches(ReadSpec spec) {
		return false;
	}

	/** Return the request to send in the place of a planned one. */
	default PageRequest sent(PageRequest planned, ReadSpec spec) {
		return progress().log().sent(planned, spec.overlappingPageSize());
	}

	/**
	 * Return what a page leads to.
	 * @throws ContractViolation if no log could show this page
	 */
	default Transition next(ValidatedPage page, ReadSpec spec) {
		ValidatedPage previous = progress().previous();
		if (previous != null && page.contradicts(previous)) {
			return Transition.to(new Rechecking(this, page), Transition.Outcome.MISPLACED, page);
		}
		return accept(page, progress().seen(page), spec);
	}

	/** Return what a page leads to that does not contradict the one before. */
	Transition accept(ValidatedPage page, Progress seen, ReadSpec spec);

	/** Return the same state with other progress. */
	ReadState with(Progress progress);

	/** Return whether there is nothing more to read. */
	default boolean isDone() {
		return this instanceof Done;
	}

	/**
	 * Return whether a page that is not found, or another one in its place, stands for
	 * rows that are not there.
	 * @return the total that it lies past, -1 if it is not known
	 */
	default long totalBelow(PageRequest request) {
		long total = progress().log().total();
		return (total >= 0 && request.start() >= total) ? total : -1;
	}

}
