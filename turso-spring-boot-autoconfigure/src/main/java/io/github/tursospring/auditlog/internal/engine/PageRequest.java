package io.github.tursospring.auditlog.internal.engine;

/**
 * A page to request. It covers the offsets from {@link #start()} to {@link #end()},
 * exclusive, where the server applies its page size.
 *
 * @param page number of the page, from 1
 * @param pageSize rows a page
 */
public record PageRequest(int page, int pageSize) {

	/** The largest page size that is ever requested. */
	public static final int MAX_PAGE_SIZE = 1000;

	static PageRequest first(int pageSize) {
		return new PageRequest(1, pageSize);
	}

	/**
	 * Return the page of this size that covers an offset.
	 * @param offset the offset, from 0
	 */
	static PageRequest covering(long offset, int pageSize) {
		return new PageRequest((int) Math.min(offset / pageSize + 1, Integer.MAX_VALUE), pageSize);
	}

	/** Return the first offset that the page covers. */
	public long start() {
		return (this.page - 1L) * this.pageSize;
	}

	/** Return the first offset past the page. */
	public long end() {
		return start() + this.pageSize;
	}

	@Override
	public String toString() {
		return "page " + this.page + " (of " + this.pageSize + " rows)";
	}

}
