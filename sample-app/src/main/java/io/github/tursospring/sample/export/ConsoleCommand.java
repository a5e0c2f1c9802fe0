package io.github.tursospring.sample.export;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.regex.Pattern;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import org.springframework.beans.BeansException;
import org.springframework.dao.DataAccessException;

import io.github.tursospring.auditlog.TursoException;

/** The command line: starts the console, unless a command is given. */
@Command(name = "sample-app", mixinStandardHelpOptions = true, sortOptions = false,
		customSynopsis = "java -jar sample-app.jar [--<property>=<value>]... | <command> [<option>]...",
		description = { "Starts the audit console: http://127.0.0.1:8080", "" },
		footer = { "", "Properties are those of Spring Boot and of the starter, such as --server.port=8081.",
				"TURSO_API_TOKEN and TURSO_ORGANIZATION say which log is archived; without a token, it is a",
				"generated one." },
		subcommands = { ExportCommand.class, VerifyCommand.class })
public final class ConsoleCommand {

	/** Exit code: the command did what it was asked for. */
	static final int OK = 0;

	/**
	 * Exit code: Turso or the archive could not be read, or verification found something.
	 */
	static final int FAILED = 1;

	/** Exit code: the options or the configuration are not right. */
	static final int USAGE = 2;

	/** Exit code: the file could not be written. */
	static final int NOT_WRITTEN = 3;

	private static final Pattern PROPERTY = Pattern.compile("--[\\w-]+(\\.[\\w\\[\\]-]+)+(=.*)?|--(debug|trace)",
			Pattern.DOTALL);

	/** Return whether arguments start the console rather than a command. */
	public static boolean isStart(String... args) {
		return Arrays.stream(args).allMatch((arg) -> PROPERTY.matcher(arg).matches());
	}

	/** Run a command. */
	public static int execute(String... args) {
		CommandLine commandLine = new CommandLine(new ConsoleCommand()).setCaseInsensitiveEnumValuesAllowed(true);
		commandLine.setExecutionExceptionHandler((ex, command, parsed) -> failed(ex, command));
		return commandLine.execute(args);
	}

	private static int failed(Exception ex, CommandLine command) throws Exception {
		if (ex instanceof BeansException) {
			return failed(rootCause(ex), USAGE, command);
		}
		if (ex instanceof DataAccessException) {
			return failed(rootCause(ex), FAILED, command);
		}
		if (ex instanceof IllegalArgumentException) {
			return failed(ex, USAGE, command);
		}
		if (ex instanceof IOException) {
			return failed(ex, NOT_WRITTEN, command);
		}
		if (ex instanceof TursoException) {
			return failed(ex, FAILED, command);
		}
		throw ex;
	}

	private static int failed(Throwable ex, int exitCode, CommandLine command) {
		command.getErr().println(command.getCommandName() + ": " + message(ex));
		return exitCode;
	}

	private static String message(Throwable ex) {
		String message = String.valueOf(ex.getMessage());
		if (ex instanceof NoSuchFileException) {
			return "There is no directory to write '" + message + "' into";
		}
		if (ex instanceof AccessDeniedException) {
			return "'" + message + "' must not be written";
		}
		return (ex instanceof FileSystemException file && file.getReason() != null)
				? "'" + file.getFile() + "' " + file.getReason() : message;
	}

	private static Throwable rootCause(Throwable ex) {
		return (ex.getCause() != null) ? rootCause(ex.getCause()) : ex;
	}

}
