package io.github.tursospring.auditlog.internal.reading;

/**
 * How far behind its latest row a reading still looks for rows that appear late. Far from
 * the head of the log none do, so there it looks no further back than it has to.
 *
 * @param seconds how far, 0 for not at all
 * @param head the time of the newest row known
 */
record Lookback(long seconds, long head) {

	static final Lookback NONE = new Lookback(0, Long.MIN_VALUE);

	/**
	 * Return where the edge of the boundary is to be.
	 * @param latest the time of the latest row
	 * @return the time of the edge
	 */
	long edge(long latest) {
		return (this.seconds == 0) ? latest : Math.min(latest, Math.max(this.head, latest) - this.seconds);
	}

	Lookback withHead(long newHead) {
		return new Lookback(this.seconds, Math.max(this.head, newHead));
	}

}
