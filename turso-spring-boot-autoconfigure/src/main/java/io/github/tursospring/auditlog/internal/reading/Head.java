package io.github.tursospring.auditlog.internal.reading;

/**
 * The page at the log's head that is asked for before anything else, where that is not
 * where reading starts: it tells how long the log is.
 *
 * @param size the page size to ask for
 * @param isSnapshot whether it is to show every row of the newest second, so that what is
 * newer can be told from what was there
 */
record Head(int size, boolean isSnapshot) {

	/** Just the length of the log. */
	static final Head LENGTH = new Head(1, false);

	/** The length of the log and, by two rows, which end of it comes first. */
	static final Head DIRECTION = new Head(2, false);

}
