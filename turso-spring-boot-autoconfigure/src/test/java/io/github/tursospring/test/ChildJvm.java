package io.github.tursospring.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * JVM with the class path of this one. It exchanges lines with the test and can be
 * killed.
 */
public final class ChildJvm implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	private final PrintStream input;

	private ChildJvm(Process process) {
		this.process = process;
		this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
	}

	public static ChildJvm start(Class<?> program, String... arguments) {
		return start(List.of(), program, arguments);
	}

	/**
	 * Start a program.
	 * @param prefix what to put before the command, such as {@code unshare -m}
	 * @param program the class that has the main method
	 * @param arguments its arguments
	 * @return the running program
	 */
	public static ChildJvm start(List<String> prefix, Class<?> program, String... arguments) {
		List<String> command = new ArrayList<>(prefix);
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx128m", "-cp",
				System.getProperty("java.class.path"), program.getName()));
		command.addAll(List.of(arguments));
		try {
			return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return its next line.
	 * @return the line, or {@code null} once it has ended
	 */
	public @Nullable String readLine() {
		try {
			return this.output.readLine();
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * Return its lines until it ends.
	 * @return the lines
	 */
	public List<String> readLines() {
		return Stream.generate(this::readLine).takeWhile((line) -> line != null).toList();
	}

	public void writeLine(String line) {
		this.input.println(line);
	}

	/**
	 * End it with SIGKILL.
	 */
	public void kill() {
		this.process.destroyForcibly();
	}

	public int exitValue() {
		try {
			if (!this.process.waitFor(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Still running");
			}
			return this.process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		kill();
		exitValue();
	}

}
