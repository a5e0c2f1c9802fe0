package io.github.tursospring.auditlog.internal.engine;

import io.github.tursospring.auditlog.internal.engine.Transition.Outcome;

/**
 * Two pages contradict each other, as they do where the server ignores the page number,
 * or shows pages out of order. The first one is requested again: the log may have moved
 * between them.
 *
 * @param state the state to return to
 * @param suspect the page that contradicts the one before it
 */
record Rechecking(ReadState state, ValidatedPage suspect) implements ReadState {

	@Override
	public Progress progress() {
		return this.state.progress();
	}

	private ValidatedPage first() {
		ValidatedPage first = progress().previous();
		return (first != null) ? first : this.suspect;
	}

	@Override
	public PageRequest request(ReadSpec spec) {
		return first().request();
	}

	@Override
	public Transition next(ValidatedPage page, ReadSpec spec) {
		if (this.suspect.contradicts(page)) {
			boolean below = this.suspect.start() > page.start();
			ValidatedPage lower = below ? this.suspect : page;
			ValidatedPage upper = below ? page : this.suspect;
			boolean repeats = lower.newestSecond() == upper.newestSecond();
			throw ContractViolation.permanent(lower.request() + " begins with a newer row than " + upper.request()
					+ " ends with"
					+ (repeats ? ", and with the same as that begins with: the server seems to ignore 'page'" : ""));
		}
		return accept(page, progress().seen(page), spec);
	}

	@Override
	public ReadState with(Progress newProgress) {
		return new Rechecking(this.state.with(newProgress), this.suspect);
	}

	@Override
	public Transition accept(ValidatedPage page, Progress seen, ReadSpec spec) {
		return Transition.to(this.state.with(seen), Outcome.MISPLACED, page);
	}

}
