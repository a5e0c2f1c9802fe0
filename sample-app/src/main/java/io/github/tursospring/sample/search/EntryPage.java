package io.github.tursospring.sample.search;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.sample.archive.ArchivedEntry;

/**
 * Some entries, and where the next ones are.
 *
 * @param entries the entries
 * @param next where the next ones are, {@code null} if these are the last
 * @param newestSequence the sequence number up to which the archive was searched
 */
public record EntryPage(List<ArchivedEntry> entries, @Nullable Position next, long newestSequence) {
}
