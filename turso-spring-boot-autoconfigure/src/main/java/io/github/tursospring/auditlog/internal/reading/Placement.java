package io.github.tursospring.auditlog.internal.reading;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.internal.http.SourcePage;

/**
 * Where the rows of a page lie in the log, by what the server said with them. Of what it
 * said, nothing is believed that the rows themselves gainsay.
 *
 * @param start the offset of the first row
 * @param rows how many rows there are
 * @param pageSize the rows a page that the server applied
 * @param total the number of rows in the log, or {@link Slice#UNKNOWN}
 * @param endsLog whether the page is not filled, as there is nothing below
 * @param cut whether the page is not filled and nothing says why: the log may end there,
 * or the server apply no larger pages, so that the rows lie elsewhere
 */
record Placement(long start, int rows, int pageSize, long total, boolean endsLog, boolean cut) {

	/**
	 * Return where the rows of a page lie.
	 * @param asked the window that was asked for
	 * @param answer the page that was answered
	 * @return the place
	 * @throws ContractViolation if the page cannot be that window of a log
	 */
	static Placement of(Window asked, SourcePage answer) {
		int rows = answer.rows().size();
		long said = saidTotal(asked, answer);
		if (answer.page() != null && answer.page() != asked.page()) {
			return pastEnd(asked, answer, said);
		}
		int pageSize = appliedPageSize(asked, answer, said);
		long start = (asked.page() - 1L) * pageSize;
		if (rows > pageSize) {
			throw ContractViolation
				.lasting("page " + asked.page() + " holds " + rows + " rows where a page has " + pageSize);
		}
		long end = start + rows;
		long total = (rows > 0 && end > said) ? Slice.UNKNOWN : said;
		boolean filled = rows == pageSize;
		boolean early = !filled && end < total;
		if (early && (rows == 0 || answer.pageSize() != null)) {
			throw endsEarly(asked, rows, pageSize, total);
		}
		boolean explained = filled || rows == 0 || (end == total && answer.pageSize() != null);
		return new Placement(start, rows, pageSize, total, !filled && !early, !explained);
	}

	/**
	 * Return why the log's first page is not to be believed before it is seen again: it
	 * shows fewer rows than there are, and less than what the server says a page has. It
	 * may have been cut, or be of another moment than the total; or such are the pages
	 * that the server applies, whatever it says.
	 * @param asked the window that was asked for
	 * @param answer the page that was answered
	 * @return the violation, or {@code null} if there is none
	 */
	static @Nullable ContractViolation shortage(Window asked, SourcePage answer) {
		int rows = answer.rows().size();
		long total = saidTotal(asked, answer);
		boolean smallerPages = asked.page() == 1 && rows > 0 && rows < asked.size() && rows < total;
		boolean saidSo = answer.pageSize() != null && answer.pageSize() == rows;
		return (smallerPages && !saidSo) ? endsEarly(asked, rows, asked.size(), total) : null;
	}

	private static ContractViolation endsEarly(Window asked, int rows, int pageSize, long total) {
		String what = (rows == 0) ? "is empty" : "ends after " + rows + " of " + pageSize + " rows";
		return ContractViolation
			.passing("page " + asked.page() + " " + what + ", before the end of a log of " + total + " rows");
	}

	/**
	 * Return the same place, known to be the last one of the log or not to be.
	 * @param last whether it is the last one
	 * @return the place
	 */
	Placement ending(boolean last) {
		return new Placement(this.start, this.rows, this.pageSize, last ? this.total : Slice.UNKNOWN, last, false);
	}

	/** Whether the log ends with the rows by nothing but its total. */
	boolean endsByTotal() {
		return this.rows > 0 && this.rows == this.pageSize && this.start + this.rows == this.total;
	}

	/**
	 * Past the end, another page than that asked for may be answered: the last one, say.
	 */
	private static Placement pastEnd(Window asked, SourcePage answer, long total) {
		Integer said = answer.pageSize();
		int pageSize = (said != null && said > 0) ? Math.min(said, asked.size()) : asked.size();
		long start = (asked.page() - 1L) * pageSize;
		if (total == Slice.UNKNOWN || start < total) {
			throw ContractViolation
				.lasting("asked for page " + asked.page() + ", it was answered page " + answer.page());
		}
		return new Placement(start, 0, pageSize, total, true, false);
	}

	private static long saidTotal(Window asked, SourcePage answer) {
		Long total = answer.totalRows();
		if (total != null && total >= Integer.MAX_VALUE) {
			throw ContractViolation.lasting("page " + asked.page() + " is said to be of a log of " + total + " rows");
		}
		return (total != null) ? total : Slice.UNKNOWN;
	}

	private static int appliedPageSize(Window asked, SourcePage answer, long total) {
		int rows = answer.rows().size();
		if (asked.page() == 1 && rows > 0 && rows < asked.size() && rows < total) {
			return rows;
		}
		Integer said = answer.pageSize();
		if (said == null || said <= 0) {
			return asked.size();
		}
		if (said > asked.size() && asked.page() > 1) {
			throw ContractViolation.lasting("asked for page " + asked.page() + " of " + asked.size()
					+ " rows, it was answered one of " + said + ": the server seems to ignore 'page_size'");
		}
		return said;
	}

}
