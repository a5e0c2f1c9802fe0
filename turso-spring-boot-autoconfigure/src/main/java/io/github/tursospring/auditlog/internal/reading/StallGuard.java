package io.github.tursospring.auditlog.internal.reading;

import org.jspecify.annotations.Nullable;

/**
 * Bounds the requests that bring nothing new, so that a server that misbehaves can
 * neither hang reading nor make it loop.
 */
final class StallGuard {

	private static final int MAX_STALLS = 100;

	private static final int MAX_REPEATS = 3;

	private int stalls;

	private int repeats;

	private @Nullable Window previousWindow;

	private @Nullable Slice previous;

	/**
	 * Compare a slice with the one before it. Rows move down as others are inserted, so
	 * the same rows can be seen again; but not at every page, and not without growth.
	 * @param window the window that was asked for
	 * @param slice what it showed
	 * @param growth by how much the log has grown since the one before
	 */
	void observe(Window window, Slice slice, long growth) {
		boolean repeated = this.previous != null && !window.equals(this.previousWindow) && !slice.hasOneTime()
				&& slice.start() != this.previous.start() + growth && slice.repeats(this.previous);
		this.repeats = repeated ? this.repeats + 1 : 0;
		if (this.repeats >= MAX_REPEATS) {
			throw ContractViolation.lasting("page " + window.page() + " (of " + window.size()
					+ " rows) repeats the rows of the pages asked for before it: the server seems to ignore 'page'");
		}
		this.previousWindow = window;
		this.previous = slice;
	}

	void advanced() {
		this.stalls = 0;
	}

	void stalled() {
		if (++this.stalls > MAX_STALLS) {
			throw ContractViolation.lasting(MAX_STALLS + " requests in a row showed no further entry: either the log"
					+ " changes faster than it can be read, or the server's pages do not fit each other");
		}
	}

}
