package io.github.tursospring.auditlog.internal.reading;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogGap;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.internal.engine.Checkpoint;
import io.github.tursospring.auditlog.internal.engine.Transition;

/**
 * Assembles the pages that users see from the transitions of one reading: filtered, none
 * longer than the page size, each with the token of the position after it.
 * <p>
 * A page of a stream is empty only if it is the last one. One of a follow is empty only
 * where nothing matched for long or up to the head of the log, and at the head before
 * there is anything to deliver: it carries the position.
 */
public final class PageAssembler {

	private static final int MAX_ROWS_WITHOUT_PAGE = 10_000;

	private final AuditLogQuery filters;

	private final CheckpointCodec tokens;

	private final int pageSize;

	private final boolean following;

	private boolean positioned;

	private int rowsWithoutPage;

	private @Nullable AuditLogGap gap;

	private final List<AuditLog> collected = new ArrayList<>();

	private @Nullable Checkpoint position;

	private boolean more;

	private PageAssembler(AuditLogQuery filters, CheckpointCodec tokens, int pageSize, boolean following) {
		this.filters = filters;
		this.tokens = tokens;
		this.pageSize = pageSize;
		this.following = following;
		this.positioned = following && filters.pageToken() != null;
	}

	/** Return the assembler of a stream, or of a single page. */
	public static PageAssembler ofStream(AuditLogQuery filters, CheckpointCodec tokens, int pageSize) {
		return new PageAssembler(filters, tokens, pageSize, false);
	}

	/** Return the assembler of a follow. */
	public static PageAssembler ofFollow(AuditLogQuery filters, CheckpointCodec tokens, int pageSize) {
		return new PageAssembler(filters, tokens, pageSize, true);
	}

	/** Return the pages of a transition. */
	public List<AuditLogPage> pages(Transition transition) {
		this.gap = (transition.gap() != null) ? transition.gap() : this.gap;
		List<AuditLog> rows = transition.entries();
		boolean done = transition.state().isDone();
		List<AuditLogPage> pages = new ArrayList<>(1);
		for (int from = 0; from < rows.size(); from += this.pageSize) {
			int to = Math.min(from + this.pageSize, rows.size());
			List<AuditLog> matching = rows.subList(from, to).stream().filter(this.filters::matches).toList();
			boolean last = done && to == rows.size();
			this.rowsWithoutPage += to - from;
			boolean overdue = this.following && this.rowsWithoutPage >= MAX_ROWS_WITHOUT_PAGE;
			if (!matching.isEmpty() || last || overdue) {
				pages.add(page(matching, transition.checkpoint(to), !last));
			}
		}
		boolean closing = done && rows.isEmpty() && (!this.following || !this.positioned);
		if (closing || (this.gap != null && pages.isEmpty())) {
			pages.add(page(List.of(), transition.checkpoint(rows.size()), !done));
		}
		return pages;
	}

	private AuditLogPage page(List<AuditLog> entries, Checkpoint checkpoint, boolean hasMore) {
		AuditLogGap told = this.gap;
		this.gap = null;
		this.rowsWithoutPage = 0;
		this.positioned = true;
		return new AuditLogPage(entries, this.tokens.encode(checkpoint), hasMore, null, told);
	}

	/** Collect the entries of a single page. */
	boolean fill(Transition transition) {
		this.gap = (transition.gap() != null) ? transition.gap() : this.gap;
		List<AuditLog> rows = transition.entries();
		int taken = 0;
		while (taken < rows.size() && this.collected.size() < this.pageSize) {
			AuditLog row = rows.get(taken++);
			if (this.filters.matches(row)) {
				this.collected.add(row);
			}
		}
		this.position = transition.checkpoint(taken);
		this.more = !transition.state().isDone()
				|| rows.subList(taken, rows.size()).stream().anyMatch(this.filters::matches);
		boolean complete = this.collected.size() == this.pageSize || isAsLongAsTheServersPages(this.position);
		return complete && !(transition.reachesTotal() && taken == rows.size());
	}

	/** Without filters, a page ends with a response that the server has capped. */
	private boolean isAsLongAsTheServersPages(Checkpoint checkpoint) {
		boolean unfiltered = this.filters.codes().isEmpty() && this.filters.authors().isEmpty()
				&& this.filters.origins().isEmpty();
		return unfiltered && checkpoint.log().limit() <= this.pageSize && !this.collected.isEmpty();
	}

	/** Return the single page that has been collected. */
	AuditLogPage filled() {
		String token = (this.more && this.position != null) ? this.tokens.encode(this.position) : null;
		return new AuditLogPage(this.collected, token, this.more, null, this.gap);
	}

}
