package io.github.tursospring.auditlog.internal.engine;

/**
 * How far behind its latest row reading looks for rows that appear late. Only near the
 * head of the log: far from it no row appears any more.
 *
 * @param seconds how far, 0 for not at all
 * @param head the time of the newest row known
 */
record Lookback(long seconds, long head) {

	static final Lookback NONE = new Lookback(0, Long.MIN_VALUE);

	long watermark(long latest) {
		return (this.seconds == 0) ? latest : Math.min(latest, Math.max(this.head, latest) - this.seconds);
	}

	Lookback withHead(long time) {
		return new Lookback(this.seconds, Math.max(this.head, time));
	}

}
