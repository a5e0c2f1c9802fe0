package io.github.tursospring.auditlog.internal.engine;

/**
 * What responses say of the log's size and of the server's pages. It decides where to
 * look, never what was read.
 *
 * @param total number of rows of the last response, -1 if it is not known
 * @param growth how many rows are to be expected before the next response
 * @param limit the largest page size that the server is known to apply
 * @param untilRetry how many responses until a larger page is asked for all the same: a
 * cap may have been of one moment
 */
public record LogSize(long total, long growth, int limit, int untilRetry) {

	/** The largest total: of more rows, some would be on no page. */
	public static final long MAX_TOTAL = (long) Integer.MAX_VALUE * PageRequest.MAX_PAGE_SIZE;

	/** Nothing is known. */
	public static final LogSize UNKNOWN = new LogSize(-1, 0, PageRequest.MAX_PAGE_SIZE, 0);

	private static final int RETRY_INTERVAL = 16;

	boolean isKnown() {
		return this.total >= 0;
	}

	/** Take note of a page; what was known before the first one may be long ago. */
	LogSize observe(ValidatedPage page, boolean first) {
		long change = (isKnown() && page.total() >= 0 && !first) ? Math.max(page.total() - this.total, 0) : 0;
		long newGrowth = Math.max(change, this.growth / 2);
		int asked = page.request().pageSize();
		if (page.appliedPageSize() < asked) {
			return new LogSize(page.total(), newGrowth, page.appliedPageSize(), RETRY_INTERVAL);
		}
		if (asked > this.limit) {
			return new LogSize(page.total(), newGrowth, PageRequest.MAX_PAGE_SIZE, 0);
		}
		return new LogSize(page.total(), newGrowth, this.limit, Math.max(0, this.untilRetry - 1));
	}

	/**
	 * Return the request to send in the place of a planned one: where a cap may have been
	 * lifted, for a larger page of the same number. It shows the same rows if it has not.
	 */
	PageRequest sent(PageRequest planned, int fullPageSize) {
		boolean retries = this.untilRetry == 0 && planned.pageSize() == this.limit && this.limit < fullPageSize;
		return retries ? new PageRequest(planned.page(), fullPageSize) : planned;
	}

}
