package io.github.tursospring.sample.export;

import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Writes entries into a file, part by part. After each part the position is kept, so that
 * an export which was interrupted resumes there.
 */
final class LogExport {

	private final Source source;

	private final ExportFormat format;

	private final String description;

	/**
	 * Create a new export. An interrupted export of another description is not resumed.
	 */
	LogExport(Source source, ExportFormat format, String description) {
		this.source = source;
		this.format = format;
		this.description = description;
	}

	/** Write the file, from where it stands to its end. */
	long run(ExportFile file, LongConsumer progress) throws IOException {
		ExportFile.State state = file.state();
		if (state != null && !state.description().equals(this.description)) {
			throw new IllegalArgumentException(
					"The interrupted export was another one: " + state.description() + ". Export without --resume");
		}
		if (state == null) {
			file.write(this.format.start());
		}
		long entries = write(file, state, progress);
		file.write(this.format.end());
		file.complete();
		return entries;
	}

	private long write(ExportFile file, ExportFile.@Nullable State state, LongConsumer progress) throws IOException {
		long entries = (state != null) ? state.entries() : 0;
		progress.accept(entries);
		String position = (state != null) ? state.position() : null;
		for (Part part : this.source.after(position).toIterable(1)) {
			file.write(this.format.text(part.entries(), entries == 0));
			entries += part.entries().size();
			file.checkpoint(this.description, part.position(), entries);
			progress.accept(entries);
		}
		return entries;
	}

	/**
	 * Where exported entries come from, part by part.
	 */
	@FunctionalInterface
	interface Source {

		/** Read the parts after the one of a position, or all of them. */
		Flux<Part> after(@Nullable String position);

	}

	/**
	 * Some entries, and the position after them.
	 */
	record Part(List<ExportedEntry> entries, String position) {
	}

}
