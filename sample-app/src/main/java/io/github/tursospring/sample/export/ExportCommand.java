package io.github.tursospring.sample.export;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Flux;

import org.springframework.context.ConfigurableApplicationContext;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.sample.search.EntryPage;
import io.github.tursospring.sample.search.EntrySearch;
import io.github.tursospring.sample.search.Position;
import io.github.tursospring.sample.search.Search;

/** Writes the log into a file. */
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Writes the audit log of a Turso organization into a file.",
		footer = { "",
				"The log is that of TURSO_ORGANIZATION, read with TURSO_API_TOKEN; with --archive, what the console",
				"has archived; with --sample, a generated one. While it is being written, the file is beside its",
				"place as <file>.part, with a <file>.state that --resume goes on from; it appears in its place",
				"when it is complete." },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:The file is complete and in its place.",
				"1:The log could not be read to its end; --resume goes on there.",
				"2:The options or the configuration are not right.", "3:The file could not be written.",
				"130, 143:Interrupted; --resume goes on there." })
final class ExportCommand implements Callable<Integer> {

	private static final String END = "end";

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = "--output", required = true, paramLabel = "<file>",
			description = "File to write. One that is there is replaced when the new one is complete.")
	private Path output = Path.of("audit-log");

	@Option(names = "--format", defaultValue = "CSV", paramLabel = "<format>",
			description = "csv (RFC 4180, no field is a formula), ndjson, json or ocsf. Default: csv.")
	private ExportFormat format = ExportFormat.CSV;

	@Option(names = "--resume", description = "Go on where an interrupted export of the same stopped.")
	private boolean resume;

	@Option(names = "--archive", description = "Export the archive of the console rather than Turso's log.")
	private boolean archive;

	@Option(names = "--sample", description = "Export the generated log.")
	private boolean sample;

	@Option(names = "--organization", paramLabel = "<slug>",
			description = "Organization. Default: TURSO_ORGANIZATION; with --archive, all.")
	private @Nullable String organization;

	@Option(names = "--order", defaultValue = "DESC", paramLabel = "<order>",
			description = "desc, newest first, is the default; or asc. With --archive, always oldest first.")
	private AuditLogQuery.Order order = AuditLogQuery.Order.DESC;

	@Mixin
	private SearchOptions options = new SearchOptions();

	private volatile boolean underWay;

	@Override
	public Integer call() throws IOException {
		Search search = this.options.search(this.organization);
		Path target = this.output.toAbsolutePath();
		if (Files.isDirectory(target) || target.getFileName() == null) {
			throw new FileSystemException(target.toString(), null, "is a directory; --output must be a file");
		}
		try (ConfigurableApplicationContext context = this.archive ? CommandContext.ofArchive(false)
				: CommandContext.ofTurso(this.sample);
				ExportFile file = this.resume ? ExportFile.resume(target) : ExportFile.start(target)) {
			String from = this.archive ? "the archive"
					: (this.sample ? "the generated log of " : "") + "organization '" + organization(context) + "'";
			LogExport.Source source = this.archive ? archive(context.getBean(EntrySearch.class), search)
					: turso(context.getBean(AuditLogClient.class), organization(context), search);
			LogExport export = new LogExport(source, this.format,
					this.format + " of " + from + ": " + search + (this.archive ? "" : ", " + this.order));
			long entries = run(export, file);
			out().println("%d entries of %s in %s".formatted(entries, from, this.output));
			return ConsoleCommand.OK;
		}
	}

	private String organization(ConfigurableApplicationContext context) {
		String configured = context.getBean(TursoConnectionDetails.class).getOrganization();
		String slug = (this.organization != null) ? this.organization : configured;
		if (slug == null) {
			throw new IllegalArgumentException("Set TURSO_ORGANIZATION, or give --organization");
		}
		return slug;
	}

	private LogExport.Source turso(AuditLogClient client, String slug, Search search) {
		return (position) -> client.streamPages(
				(query) -> search.narrow(query).organization(slug).order(this.order).pageSize(1000).pageToken(position))
			.map((page) -> new LogExport.Part(page.auditLogs()
				.stream()
				.filter((entry) -> search.accepts(slug, entry))
				.map((entry) -> ExportedEntry.of(slug, entry))
				.toList(), Objects.requireNonNull(page.nextPageToken())));
	}

	private static LogExport.Source archive(EntrySearch entries, Search search) {
		return (position) -> END.equals(position) ? Flux.empty()
				: entries.pages(search, (position != null) ? Position.of(position) : null).map(ExportCommand::part);
	}

	private static LogExport.Part part(EntryPage page) {
		return new LogExport.Part(page.entries().stream().map(ExportedEntry::of).toList(),
				(page.next() != null) ? page.next().cursor() : END);
	}

	private long run(LogExport export, ExportFile file) throws IOException {
		Thread interrupted = new Thread(this::interrupted);
		Runtime.getRuntime().addShutdownHook(interrupted);
		this.underWay = true;
		try {
			return Ansi.AUTO.enabled() ? runWithBar(export, file) : export.run(file, (entries) -> {
			});
		}
		finally {
			this.underWay = false;
		}
	}

	private static long runWithBar(LogExport export, ExportFile file) throws IOException {
		try (ProgressBar bar = new ProgressBarBuilder().setTaskName("Export")
			.setInitialMax(-1)
			.setUnit(" entries", 1)
			.showSpeed()
			.build()) {
			LongConsumer progress = bar::stepTo;
			return export.run(file, progress);
		}
	}

	private void interrupted() {
		if (this.underWay) {
			spec().commandLine()
				.getErr()
				.println("export: Interrupted. The same command with --resume goes on from here.");
		}
	}

	private PrintWriter out() {
		return spec().commandLine().getOut();
	}

	private CommandSpec spec() {
		return Objects.requireNonNull(this.spec, "spec");
	}

}
