package io.github.tursospring.auditlog.internal.reading;

/**
 * Bounds the requests that bring nothing new, so that a server that misbehaves can
 * neither hang reading nor make it loop.
 */
final class StallGuard {

	private static final int MAX_STALLS = 100;

	private int stalls;

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
