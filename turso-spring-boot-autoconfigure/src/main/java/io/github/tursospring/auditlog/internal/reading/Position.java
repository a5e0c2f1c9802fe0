package io.github.tursospring.auditlog.internal.reading;

/**
 * A place in the log to go on from: the boundary decides, the rest are hints that save
 * looking for it.
 *
 * @param boundary what has been emitted
 * @param anchor offset of the last row before the boundary, or {@link Footing#NONE}
 * @param total number of rows in the log when that was the offset, or
 * {@link Slice#UNKNOWN}
 * @param maxPageSize the largest page size that the server is known to apply
 */
record Position(Boundary boundary, long anchor, long total, int maxPageSize) {

	/** The largest page size that anybody claims the server to apply. */
	static final int MAX_PAGE_SIZE = 1000;

	static Position at(Boundary boundary) {
		return new Position(boundary, Footing.NONE, Slice.UNKNOWN, MAX_PAGE_SIZE);
	}

}
