package io.github.tursospring.sample.export;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.sample.reading.AuditLogRequest;

/**
 * Writes what is asked for into a file, page by page. After each page the position is
 * kept, so that an export which was interrupted goes on there.
 */
final class LogExport {

	private final AuditLogClient client;

	private final AuditLogRequest request;

	private final ExportText text;

	private final String what;

	LogExport(AuditLogClient client, AuditLogRequest request, ExportFormat format) {
		this.client = client;
		this.request = request;
		this.text = format.text();
		this.what = format + " of " + request;
	}

	/**
	 * Write the file, from where it stands to its end.
	 * @param file the file
	 * @param stop stops the reading, by its error
	 * @param progress told the number of entries written so far
	 * @return the number of entries in the file
	 * @throws IOException if the file cannot be written
	 * @throws IllegalArgumentException if the file was begun as another one
	 */
	long run(ExportFile file, Mono<Void> stop, LongConsumer progress) throws IOException {
		ExportState state = file.state();
		if (state != null && !state.what().equals(this.what)) {
			throw new IllegalArgumentException(
					"The interrupted export was another one: " + state.what() + ". Export without --resume.");
		}
		long entries = (state != null) ? state.entries() : 0;
		AuditLogQuery.Builder query = this.request.query().toBuilder().pageSize(1000);
		if (state != null) {
			query.pageToken(state.token());
		}
		else {
			file.write(this.text.start());
		}
		progress.accept(entries);
		for (AuditLogPage page : this.client.streamPages(query.build()).takeUntilOther(stop).toIterable(1)) {
			entries = write(page.auditLogs().stream().filter(this.request.filter()).toList(), entries, file);
			file.checkpoint(this.what, Objects.requireNonNull(page.nextPageToken()), entries);
			progress.accept(entries);
		}
		file.write(this.text.end());
		file.complete();
		return entries;
	}

	private long write(List<AuditLog> page, long entries, ExportFile file) throws IOException {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < page.size(); i++) {
			lines.append((entries + i == 0) ? this.text.first(page.get(i)) : this.text.next(page.get(i)));
		}
		file.write(lines.toString());
		return entries + page.size();
	}

}
