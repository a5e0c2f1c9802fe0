package io.github.tursospring.sample.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

import io.github.tursospring.sample.archive.Archive;
import io.github.tursospring.sample.archive.ArchivedEntry;
import io.github.tursospring.sample.archive.ChainHash;
import io.github.tursospring.sample.archive.ChainState;
import io.github.tursospring.sample.evidence.Finding.Findings;

/**
 * Verifies that an archive is what was archived: computes the chain anew, checks each
 * seal, and compares the archive with Turso if that is asked for.
 */
@Component
public class Verifier {

	private static final int PAGE = 1000;

	private final Archive archive;

	private final Seals seals;

	private final SigningKey key;

	private final TursoComparison turso;

	Verifier(Archive archive, Seals seals, SigningKey key, TursoComparison turso) {
		this.archive = archive;
		this.seals = seals;
		this.key = key;
		this.turso = turso;
	}

	/**
	 * Verify the archive of an organization. What is archived meanwhile is not verified.
	 */
	public Verification verify(String organization, List<Seal> kept, boolean againstTurso) {
		Findings findings = new Findings();
		List<Seal> sealed = sealed(organization, findings);
		Optional<ChainState> state = this.archive.chain(organization);
		checkSeals(sealed, findings);
		checkKept(organization, sealed, kept, findings);
		long entries = state.map((chain) -> checkChain(chain, sealed, findings)).orElse(0L);
		if (state.isEmpty() && (!sealed.isEmpty() || this.archive.organizations().contains(organization))) {
			findings.add(Finding.ofChain("chain", "The archive has seals or entries of the organization, but no record"
					+ " of its chain: that was removed"));
		}
		if (entries == 0 && sealed.isEmpty() && findings.list().isEmpty() && !againstTurso) {
			findings.add(Finding.ofChain("empty",
					"The archive has no entries and no seals of the organization: there is nothing to verify"));
		}
		List<String> notProven = notProven(organization, state.orElse(null), sealed);
		if (againstTurso) {
			notProven.addAll(compare(organization, state.orElse(null), sealed, findings));
		}
		else {
			notProven.add("Whether the archive holds all that Turso has: verify against Turso for that.");
		}
		List<Finding> list = findings.list();
		return new Verification(list.isEmpty(), entries, sealed.size(), list, notProven);
	}

	private List<String> compare(String organization, @Nullable ChainState state, List<Seal> sealed,
			Findings findings) {
		Seal lastRemoved = (state != null) ? lastRemoved(state, sealed) : null;
		try {
			return this.turso.compare(organization, state, lastRemoved, findings);
		}
		catch (DataIntegrityViolationException ex) {
			findings.add(Finding.ofChain("incomplete", ex.getMessage() + ". It was not compared with Turso"));
			return List.of();
		}
	}

	private List<Seal> sealed(String organization, Findings findings) {
		try {
			return this.seals.all(organization);
		}
		catch (DataIntegrityViolationException ex) {
			findings.add(Finding.ofChain("seal-unreadable", ex.getMessage() + ". No seal was verified"));
			return List.of();
		}
	}

	private long checkChain(ChainState state, List<Seal> sealed, Findings findings) {
		ChainCheck check = new ChainCheck(state, sealed, findings);
		long last = state.anchorSequence();
		List<ArchivedEntry> page = this.archive.after(last, PAGE);
		while (!page.isEmpty() && last < state.lastSequence()) {
			for (ArchivedEntry entry : page) {
				if (entry.facet().organization().equals(state.organization())
						&& entry.sequence() <= state.lastSequence()) {
					check.next(entry);
				}
				last = entry.sequence();
			}
			page = this.archive.after(last, PAGE);
		}
		check.end();
		checkRetention(state, lastRemoved(state, sealed), findings);
		checkOutside(state, findings);
		checkSearches(state, findings);
		checkCounts(state.organization(), findings);
		return check.entries();
	}

	/** Return the seal up to which retention removed entries. */
	private static @Nullable Seal lastRemoved(ChainState state, List<Seal> sealed) {
		return sealed.stream()
			.filter((seal) -> Long.valueOf(state.anchorSequence()).equals(seal.lastSequence())
					&& seal.head().equals(HexFormat.of().formatHex(state.anchor())))
			.findFirst()
			.orElse(null);
	}

	private void checkRetention(ChainState state, @Nullable Seal lastRemoved, Findings findings) {
		String anchor = HexFormat.of().formatHex(state.anchor());
		boolean removedNone = state.anchorSequence() == 0
				&& Arrays.equals(state.anchor(), ChainHash.start(state.organization()));
		boolean signed = this.key.verifies(Retention.removal(state.organization(), state.anchorSequence(), anchor),
				state.anchorSignature());
		if (!removedNone && (lastRemoved == null || !signed)) {
			findings.add(Finding.ofChain("retention", "Entries up to " + state.anchorSequence()
					+ " were removed, but not by the archive's retention: it has not signed this"));
		}
	}

	/** What was archived meanwhile is up to where the chain stands by now. */
	private void checkOutside(ChainState state, Findings findings) {
		String organization = state.organization();
		List<Long> outside = this.archive.outside(organization, state.anchorSequence() + 1, state.lastSequence());
		long last = this.archive.chain(organization).map(ChainState::lastSequence).orElse(state.lastSequence());
		outside.stream()
			.filter((sequence) -> sequence <= state.anchorSequence() || sequence > last)
			.forEach((sequence) -> findings.add(Finding.ofEntry("entry", sequence,
					"Entry " + sequence + " is not part of the chain: it was added")));
	}

	/** Searches and exports end with the archive's head. */
	private void checkSearches(ChainState state, Findings findings) {
		this.archive.mistyped(state.organization())
			.forEach((sequence) -> findings.add(Finding.ofEntry("columns", sequence,
					"Entry " + sequence + " is not found by a time, code, author, origin or text of its content")));
		long head = this.archive.head();
		if (head < state.lastSequence()) {
			findings.add(Finding.ofChain("head", "Searches and exports end with entry " + head
					+ "; what was archived last is entry " + state.lastSequence()));
		}
	}

	private void checkCounts(String organization, Findings findings) {
		this.archive.miscounted(organization)
			.forEach((day) -> findings.add(Finding.ofChain("counts",
					"The charts count other entries of " + day + " than the archive has: their counts were changed")));
	}

	/**
	 * Return the organizations that there is anything of, in the archive or in kept
	 * seals.
	 */
	public Set<String> organizations(List<Seal> kept) {
		Set<String> organizations = new TreeSet<>(this.archive.organizations());
		this.archive.chains().forEach((chain) -> organizations.add(chain.organization()));
		organizations.addAll(this.seals.lastDays().keySet());
		kept.forEach((seal) -> organizations.add(seal.organization()));
		return organizations;
	}

	private void checkSeals(List<Seal> sealed, Findings findings) {
		Seal before = null;
		for (Seal seal : sealed) {
			if (!SigningKey.verifies(seal)) {
				findings.add(Finding.ofSeal("seal-signature", seal, "was changed: its signature is not of its text"));
			}
			if (!seal.publicKey().equals(this.key.publicKey())) {
				findings.add(Finding.ofSeal("seal-key", seal, "is signed with another key than this application's"));
			}
			if (!seal.previous().equals((before != null) ? before.digest() : Seal.FIRST)
					|| (before != null && !seal.day().equals(before.day().plusDays(1)))) {
				findings.add(Finding.ofSeal("seal-order", seal,
						"does not follow the one before it: a seal was changed, removed or added"));
			}
			before = seal;
		}
	}

	private static void checkKept(String organization, List<Seal> sealed, List<Seal> kept, Findings findings) {
		for (Seal seal : kept) {
			if (seal.organization().equals(organization) && !sealed.contains(seal)) {
				findings.add(Finding.ofSeal("seal-kept", seal,
						"that was kept is not in the archive: the archive was made anew or changed since"));
			}
		}
	}

	private List<String> notProven(String organization, @Nullable ChainState state, List<Seal> sealed) {
		List<String> notProven = new ArrayList<>();
		notProven.add("What Turso never sent, or removed before it was archived ("
				+ this.archive.gaps(organization).size() + " gaps are known).");
		Long lastSealed = sealed.stream()
			.map(Seal::lastSequence)
			.filter(Objects::nonNull)
			.max(Long::compareTo)
			.orElse(null);
		notProven.add(((lastSealed == null) ? "Nothing is sealed yet"
				: "Entries after " + lastSealed + ", the last one that is sealed (last seal: "
						+ sealed.get(sealed.size() - 1).day() + ")")
				+ ": whoever can write to the database could replace them, or remove the newest and the record of them.");
		notProven
			.add("Seals that nobody kept elsewhere: whoever has the signing key can make others, and whoever removes"
					+ " the latest from the database lets the console make others. Keep the seals and the public key"
					+ " where this application cannot write.");
		if (state != null && state.anchorSequence() > 0) {
			notProven.add("Entries up to " + state.anchorSequence()
					+ ", which the archive's retention removed: their seals remain.");
		}
		return notProven;
	}

}
