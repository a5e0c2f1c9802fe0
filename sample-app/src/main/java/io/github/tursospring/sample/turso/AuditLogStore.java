package io.github.tursospring.sample.turso;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import io.github.tursospring.sample.turso.LogPage.Pagination;

/**
 * An audit log in memory, read by numbered pages from the newest entry. Safe for use by
 * several threads; a page costs as much as it holds, however long the log is.
 */
final class AuditLogStore {

	private final List<LogEntry> oldestFirst;

	AuditLogStore(Collection<LogEntry> newestFirst) {
		this.oldestFirst = new ArrayList<>(newestFirst);
		Collections.reverse(this.oldestFirst);
		this.oldestFirst.sort(Comparator.comparing(LogEntry::createdAt));
	}

	/**
	 * Add an entry at the head of the log, or below the newer ones if it comes late.
	 * @param entry the entry
	 */
	synchronized void add(LogEntry entry) {
		int index = this.oldestFirst.size();
		while (index > 0 && this.oldestFirst.get(index - 1).createdAt().isAfter(entry.createdAt())) {
			index--;
		}
		this.oldestFirst.add(index, entry);
	}

	/**
	 * Return a page of the log as it is now; an empty one beyond its end.
	 * @param page number of the page, from 1
	 * @param pageSize rows a page
	 * @return the page
	 */
	synchronized LogPage page(int page, int pageSize) {
		int rows = this.oldestFirst.size();
		int end = (int) Math.max(0, rows - (page - 1L) * pageSize);
		List<LogEntry> entries = new ArrayList<>(this.oldestFirst.subList(Math.max(0, end - pageSize), end));
		Collections.reverse(entries);
		int pages = (rows + pageSize - 1) / pageSize;
		return new LogPage(entries, new Pagination(page, pageSize, pages, rows));
	}

}
