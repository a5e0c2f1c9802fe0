package io.github.tursospring.sample.export;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;

import io.github.tursospring.sample.evidence.Seal;
import io.github.tursospring.sample.evidence.Verification;
import io.github.tursospring.sample.evidence.Verifier;

/** Verifies the archive. */
@Command(name = "verify", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Verifies that the console's archive is complete and unchanged.",
		footer = { "",
				"The archive is audit-log.db in the working directory, or that of SPRING_DATASOURCE_URL; the key",
				"of the seals is audit-log.key, or CONSOLE_EVIDENCE_KEY_FILE." },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:Everything fits.", "1:Something does not, or the archive or Turso could not be read.",
				"2:The options or the configuration are not right." })
final class VerifyCommand implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = "--organization", paramLabel = "<slug>",
			description = "Organization. Default: all in the archive and in kept seals.")
	private @Nullable String organization;

	@Option(names = "--against-turso",
			description = "Compare the archive with what Turso still has, entry by entry (needs TURSO_API_TOKEN).")
	private boolean againstTurso;

	@Option(names = "--seals", paramLabel = "<file>",
			description = "Seals that were kept elsewhere, as /api/seals gave them, to compare with the archive's.")
	private @Nullable Path seals;

	@Override
	public Integer call() {
		List<Seal> kept = (this.seals != null) ? read(this.seals) : List.of();
		try (ConfigurableApplicationContext context = CommandContext.ofArchive(this.againstTurso)) {
			Verifier verifier = context.getBean(Verifier.class);
			Set<String> known = verifier.organizations(kept);
			if (this.organization != null && !known.contains(this.organization) && !this.againstTurso) {
				throw new IllegalArgumentException(
						"There is nothing of organization '" + this.organization + "' to verify, only of " + known);
			}
			Set<String> organizations = (this.organization != null) ? Set.of(this.organization) : known;
			if (organizations.isEmpty()) {
				out().println("NOT OK: The archive is empty, and no seals of it were kept.");
			}
			boolean ok = !organizations.isEmpty();
			for (String slug : organizations) {
				Verification verification = verifier.verify(slug, kept, this.againstTurso);
				print(slug, verification);
				ok &= verification.ok();
			}
			return ok ? ConsoleCommand.OK : ConsoleCommand.FAILED;
		}
	}

	private static List<Seal> read(Path file) {
		try {
			Seal[] seals = JsonMapper.shared().readValue(Files.readString(file), Seal[].class);
			if (seals != null && Stream.of(seals).allMatch((seal) -> seal != null && seal.organization() != null)) {
				return List.of(seals);
			}
		}
		catch (IOException | JacksonException ex) {
			throw new IllegalArgumentException("The seals in '" + file + "' cannot be read: " + ex.getMessage(), ex);
		}
		throw new IllegalArgumentException("'" + file + "' holds no seals");
	}

	private void print(String slug, Verification verification) {
		PrintWriter out = out();
		out.println("%s: %s. %d entries and %d seals of organization '%s' were verified.".formatted(
				verification.ok() ? "OK" : "NOT OK",
				verification.ok() ? (this.againstTurso ? "Complete and unchanged" : "Unchanged")
						: verification.findings().size() + " findings",
				verification.entries(), verification.seals(), slug));
		verification.findings().forEach((finding) -> out.println("  ! " + finding.text()));
		out.println("Not proven:");
		verification.notProven().forEach((text) -> out.println("  - " + text));
		out.flush();
	}

	private PrintWriter out() {
		return Objects.requireNonNull(this.spec).commandLine().getOut();
	}

}
