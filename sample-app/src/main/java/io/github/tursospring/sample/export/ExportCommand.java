package io.github.tursospring.sample.export;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.beans.BeansException;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.sample.reading.AuditLogRequest;

/**
 * Writes the log into a file, from the command line.
 */
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false,
		description = "Writes the audit log of a Turso organization into a file.",
		footer = { "",
				"The log is that of TURSO_ORGANIZATION, read with TURSO_API_TOKEN; with --sample, a made-up one.",
				"While it is being written, the file is beside its place as <file>.part, with a <file>.state",
				"that --resume goes on from; it appears in its place when it is whole." },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:The file is whole and in its place.",
				"1:The log could not be read to its end; --resume goes on there.",
				"2:The options or the configuration are not right.", "3:The file could not be written.",
				"130, 143:Interrupted; --resume goes on there." })
public final class ExportCommand implements Callable<Integer> {

	private static final int READING_FAILED = 1;

	private static final int WRONG_USAGE = 2;

	private static final int WRITING_FAILED = 3;

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = "--output", required = true, paramLabel = "<file>",
			description = "File to write. One that is there is replaced when the new one is whole.")
	private Path output = Path.of("audit-log");

	@Option(names = "--format", defaultValue = "csv", paramLabel = "<format>",
			description = "csv (RFC 4180, no field is a formula), ndjson or json. Default: ${DEFAULT-VALUE}.")
	private String format = "csv";

	@Option(names = "--resume", description = "Go on where an interrupted export of the same stopped.")
	private boolean resume;

	@Option(names = "--sample", description = "Export the log of the sample's made-up organization.")
	private boolean sample;

	@Option(names = "--start-time", paramLabel = "<time>",
			description = "Earliest time, inclusive, like 2026-01-31T00:00:00Z.")
	private @Nullable String startTime;

	@Option(names = "--end-time", paramLabel = "<time>", description = "Latest time, exclusive.")
	private @Nullable String endTime;

	@Option(names = "--code", paramLabel = "<code>", split = ",", description = "Any of these codes, like db-delete.")
	private List<String> code = List.of();

	@Option(names = "--author", paramLabel = "<name>", split = ",", description = "Any of these authors.")
	private List<String> author = List.of();

	@Option(names = "--origin", paramLabel = "<origin>", split = ",", description = "Any of these origins: cli, web.")
	private List<String> origin = List.of();

	@Option(names = "--kind", paramLabel = "<kind>", split = ",",
			description = "Any of these kinds: destructive, created, access, members, other.")
	private List<String> kind = List.of();

	@Option(names = "--text", paramLabel = "<text>", description = "Text in the message, the author or the details.")
	private @Nullable String text;

	@Option(names = "--order", paramLabel = "<order>", description = "desc, newest first, is the default; or asc.")
	private @Nullable String order;

	private volatile boolean underWay;

	/**
	 * Run the command.
	 * @param args its arguments
	 * @return the exit code
	 */
	public static int execute(String... args) {
		return new CommandLine(new ExportCommand()).execute(args);
	}

	@Override
	public Integer call() {
		try {
			return export(request(), ExportFormat.of(this.format));
		}
		catch (CancellationException ex) {
			// said when the application has stopped
			return READING_FAILED;
		}
		catch (IllegalArgumentException ex) {
			return failed(ex, WRONG_USAGE);
		}
		catch (TursoException ex) {
			return failed(ex, READING_FAILED);
		}
		catch (IOException ex) {
			return failed(ex, WRITING_FAILED);
		}
		catch (BeansException ex) {
			// Spring Boot has said what is wrong with it
			return failed("The configuration is not right. Set TURSO_API_TOKEN and TURSO_ORGANIZATION to export the log"
					+ " of an organization, or give --sample to export a made-up one.", WRONG_USAGE);
		}
	}

	private int export(AuditLogRequest request, ExportFormat as) throws IOException {
		Path target = this.output.toAbsolutePath();
		try (ConfigurableApplicationContext context = ExportApplication.run(this.sample);
				ExportFile file = this.resume ? ExportFile.resume(target) : ExportFile.start(target)) {
			LogExport export = new LogExport(context.getBean(AuditLogClient.class), request, as);
			SpringApplication.getShutdownHandlers().add(this::interrupted);
			long entries = run(export, file, context);
			String organization = context.getBean(TursoConnectionDetails.class).getOrganization();
			out().println("%d entries of %sorganization '%s' in %s".formatted(entries,
					this.sample ? "the made-up " : "", organization, this.output));
			return 0;
		}
	}

	private long run(LogExport export, ExportFile file, ConfigurableApplicationContext context) throws IOException {
		Sinks.Empty<Void> stop = Sinks.empty();
		ApplicationListener<ContextClosedEvent> closed = (event) -> stop
			.tryEmitError(new CancellationException("Interrupted"));
		context.addApplicationListener(closed);
		this.underWay = true;
		try {
			long entries = run(export, file, stop.asMono());
			this.underWay = false;
			return entries;
		}
		catch (IOException | RuntimeException ex) {
			this.underWay = context.isClosed();
			throw ex;
		}
	}

	private static long run(LogExport export, ExportFile file, Mono<Void> stop) throws IOException {
		if (!Ansi.AUTO.enabled()) {
			return export.run(file, stop, (entries) -> {
			});
		}
		try (ProgressBar bar = new ProgressBarBuilder().setTaskName("Export")
			.setInitialMax(-1)
			.setUnit(" entries", 1)
			.showSpeed()
			.build()) {
			return export.run(file, stop, bar::stepTo);
		}
	}

	private AuditLogRequest request() {
		try {
			return AuditLogRequest.of(parameters());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(withOptionNames(String.valueOf(ex.getMessage())), ex);
		}
	}

	private static String withOptionNames(String message) {
		return message.replaceFirst("^startTime must", "--start-time must")
			.replaceFirst("^endTime must", "--end-time must")
			.replaceFirst("must not be after endTime", "must not be after --end-time")
			.replaceFirst("^(kind|order) must", "--$1 must");
	}

	private MultiValueMap<String, String> parameters() {
		MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
		parameters.put("code", this.code);
		parameters.put("author", this.author);
		parameters.put("origin", this.origin);
		parameters.put("kind", this.kind);
		parameters.put("q", listOf(this.text));
		parameters.put("startTime", listOf(this.startTime));
		parameters.put("endTime", listOf(this.endTime));
		parameters.put("order", listOf(this.order));
		return parameters;
	}

	private static List<String> listOf(@Nullable String value) {
		return (value != null) ? List.of(value) : List.of();
	}

	private int failed(Exception ex, int exitCode) {
		return failed((ex instanceof FileSystemException) ? ex.toString() : ex.getMessage(), exitCode);
	}

	private int failed(@Nullable String message, int exitCode) {
		if (!this.underWay) {
			commandLine().getErr().println("export: " + message);
		}
		return exitCode;
	}

	private void interrupted() {
		if (this.underWay) {
			commandLine().getErr().println("export: Interrupted. The same command with --resume goes on from here.");
		}
	}

	private PrintWriter out() {
		return commandLine().getOut();
	}

	private CommandLine commandLine() {
		if (this.spec == null) {
			throw new IllegalStateException("Not run from the command line");
		}
		return this.spec.commandLine();
	}

}
