package io.github.tursospring.sample.export;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Where exported entries come from, part by part.
 */
@FunctionalInterface
interface ExportSource {

	/**
	 * Read entries.
	 * @param position the position of the last part that was written, {@code null} for
	 * the start
	 * @return the parts after it
	 */
	Flux<Part> after(@Nullable String position);

	/**
	 * Some entries.
	 *
	 * @param entries the entries
	 * @param position the position after them
	 */
	record Part(List<ExportedEntry> entries, String position) {
	}

}
