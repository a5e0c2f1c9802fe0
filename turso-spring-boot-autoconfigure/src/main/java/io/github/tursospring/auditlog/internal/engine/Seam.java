package io.github.tursospring.auditlog.internal.engine;

/**
 * How a page relates to what has been read.
 */
enum Seam {

	/** The page continues it. */
	CONTINUES,

	/** The page shows only rows before the watermark: the seam lies further on. */
	BEFORE_CURSOR,

	/**
	 * Rows between the cursor and the page may be missing: the seam lies further back.
	 */
	MISSING_ROWS,

	/** There is no row after the cursor. */
	END

}
