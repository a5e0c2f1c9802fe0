package io.github.tursospring.sample.evidence;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.sample.archive.ArchivedEntry;
import io.github.tursospring.sample.archive.ChainHash;
import io.github.tursospring.sample.archive.ChainState;
import io.github.tursospring.sample.archive.EntryColumns;
import io.github.tursospring.sample.evidence.Finding.Findings;

/**
 * Computes a chain anew, entry by entry, and compares it with what is stored and sealed.
 */
final class ChainCheck {

	private final ChainState state;

	private final Iterator<Seal> seals;

	private final Findings findings;

	private @Nullable Seal seal;

	private byte[] head;

	private long last;

	private long entries;

	private long entriesBefore;

	private long oldest = Long.MAX_VALUE;

	private long newest = Long.MIN_VALUE;

	ChainCheck(ChainState state, List<Seal> seals, Findings findings) {
		this.state = state;
		this.findings = findings;
		this.head = state.anchor();
		this.last = state.anchorSequence();
		this.seals = seals.stream()
			.filter((sealed) -> sealed.lastSequence() != null && sealed.lastSequence() > state.anchorSequence())
			.iterator();
		nextSeal();
	}

	private void nextSeal() {
		this.seal = this.seals.hasNext() ? this.seals.next() : null;
		this.entriesBefore = this.entries;
	}

	void next(ArchivedEntry entry) {
		passSealsBefore(entry.sequence());
		byte[] expected = ChainHash.next(this.head, entry.sequence(), entry.json());
		if (!HexFormat.of().formatHex(expected).equals(entry.hash())) {
			this.findings.add(Finding.ofEntry("entry", entry.sequence(), "Entry " + entry.sequence()
					+ " does not follow from the one before it: it was changed, or entries before it were removed,"
					+ " added or exchanged"));
		}
		checkColumns(entry);
		this.head = HexFormat.of().parseHex(entry.hash());
		this.last = entry.sequence();
		this.entries++;
		this.oldest = Math.min(this.oldest, entry.second());
		this.newest = Math.max(this.newest, entry.second());
		if (this.seal != null && Long.valueOf(entry.sequence()).equals(this.seal.lastSequence())) {
			checkSeal(this.seal);
		}
	}

	private void checkColumns(ArchivedEntry entry) {
		try {
			AuditLog content = entry.entry();
			if (content != null && isFoundBy(EntryColumns.of(this.state.organization(), content), entry)) {
				return;
			}
		}
		catch (JacksonException ex) {
			// Not what was archived, as its hash says too
		}
		this.findings.add(Finding.ofEntry("columns", entry.sequence(), "Entry " + entry.sequence()
				+ " is found by a time, code, author, origin or text that its content does not have"));
	}

	private static boolean isFoundBy(EntryColumns columns, ArchivedEntry entry) {
		return columns.second() == entry.second() && columns.facet().equals(entry.facet())
				&& columns.resource().equals(entry.resource()) && columns.text().equals(entry.text());
	}

	private void passSealsBefore(long sequence) {
		while (this.seal != null && this.seal.lastSequence() != null && this.seal.lastSequence() < sequence) {
			this.findings.add(Finding.ofSeal("seal-entries", this.seal,
					"ends with entry " + this.seal.lastSequence() + ", which is not in the archive"));
			nextSeal();
		}
	}

	private void checkSeal(Seal sealed) {
		if (!HexFormat.of().formatHex(this.head).equals(sealed.head())) {
			this.findings.add(Finding.ofSeal("seal-head", sealed, "does not fit the chain: entries up to "
					+ sealed.lastSequence() + " were changed together with their hashes"));
		}
		if (this.entries - this.entriesBefore != sealed.count()) {
			this.findings.add(Finding.ofSeal("seal-count", sealed,
					"is of " + sealed.count() + " entries; the archive has " + (this.entries - this.entriesBefore)));
		}
		nextSeal();
	}

	/** Compare the end of the chain with what the archive says of it. */
	void end() {
		passSealsBefore(Long.MAX_VALUE);
		if (this.last != this.state.lastSequence() || !Arrays.equals(this.head, this.state.head())) {
			this.findings.add(Finding.ofChain("end", "The chain ends with entry " + this.last
					+ "; what was archived last is entry " + this.state.lastSequence()));
		}
		if (this.entries != this.state.entries()) {
			this.findings.add(Finding.ofChain("count",
					"The archive has " + this.entries + " entries; " + this.state.entries() + " were archived"));
		}
		if (this.oldest < this.state.oldest() || this.newest > this.state.newest()) {
			this.findings.add(Finding.ofChain("times",
					"The charts leave out entries: the times of the oldest and the newest one were changed"));
		}
	}

	long entries() {
		return this.entries;
	}

}
