package io.github.tursospring.sample.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.sample.archive.Archive;
import io.github.tursospring.sample.archive.ArchiveProgress;
import io.github.tursospring.sample.archive.ArchiveStatus;
import io.github.tursospring.sample.archive.ChainState;
import io.github.tursospring.sample.evidence.Seals;

/**
 * Puts the status together.
 */
@Component
class StatusService {

	private final ArchiveStatus status;

	private final Archive archive;

	private final Seals seals;

	private final ArchiveProgress progress;

	private final Login login;

	private final boolean demo;

	StatusService(ArchiveStatus status, Archive archive, Seals seals, ArchiveProgress progress, Login login,
			ObjectProvider<MockTursoServer> demo) {
		this.status = status;
		this.archive = archive;
		this.seals = seals;
		this.progress = progress;
		this.login = login;
		this.demo = demo.getIfAvailable() != null;
	}

	ConsoleStatus status() {
		ArchiveStatus.Follower follower = this.status.follower();
		Map<String, ChainState> chains = this.archive.chains()
			.stream()
			.collect(Collectors.toMap(ChainState::organization, Function.identity()));
		TreeSet<String> names = new TreeSet<>(chains.keySet());
		names.addAll(this.status.organizations());
		Map<String, String> lastSeals = this.seals.lastDays();
		List<ConsoleStatus.Organization> organizations = new ArrayList<>();
		names.forEach((name) -> organizations.add(organization(name, chains.get(name), lastSeals.get(name))));
		return new ConsoleStatus(this.demo, this.login.isRequired(), follower, follower.turso(), organizations);
	}

	private ConsoleStatus.Organization organization(String name, @Nullable ChainState chain,
			@Nullable String lastSeal) {
		boolean catchingUp = this.status.isCatchingUp(name);
		Long total = catchingUp ? this.progress.total(name) : null;
		return (chain != null)
				? new ConsoleStatus.Organization(name, chain.entries(), total, catchingUp,
						Instant.ofEpochSecond(chain.oldest()), Instant.ofEpochSecond(chain.newest()), lastSeal)
				: new ConsoleStatus.Organization(name, 0, total, catchingUp, null, null, null);
	}

}
