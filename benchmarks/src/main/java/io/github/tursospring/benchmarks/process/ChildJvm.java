package io.github.tursospring.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Another JVM, on this one's class path or another, that is told what to do by lines and
 * answers each with a line that starts with {@value #ANSWER}. It ends when its input
 * does, and so with this JVM.
 */
public final class ChildJvm implements AutoCloseable {

	/** How a line that is an answer starts. */
	public static final String ANSWER = "=> ";

	private final Process process;

	private final BufferedReader output;

	private final PrintStream input;

	private ChildJvm(Process process) {
		this.process = process;
		this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
	}

	/**
	 * Start a program.
	 * @param options the JVM's options
	 * @param classPath the class path
	 * @param program the name of the class that has the main method
	 * @param arguments its arguments
	 * @return the running program
	 */
	public static ChildJvm start(List<String> options, String classPath, String program, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.addAll(List.of("-cp", classPath, program));
		command.addAll(List.of(arguments));
		try {
			return new ChildJvm(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start a program on this JVM's class path.
	 * @param options the JVM's options
	 * @param program the class that has the main method
	 * @param arguments its arguments
	 * @return the running program
	 */
	public static ChildJvm start(List<String> options, Class<?> program, String... arguments) {
		return start(options, System.getProperty("java.class.path"), program.getName(), arguments);
	}

	/**
	 * Have the program do something.
	 * @param command the line that says what
	 * @return its answer
	 */
	public String ask(String command) {
		this.input.println(command);
		return answer();
	}

	/**
	 * Return the next answer.
	 * @return the answer
	 */
	public String answer() {
		try {
			for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
				if (line.startsWith(ANSWER)) {
					return line.substring(ANSWER.length());
				}
			}
			throw new IllegalStateException("A child JVM has ended with " + this.process.waitFor());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return how much CPU time the program has used.
	 * @return the time in seconds, 0 where the system does not say
	 */
	public double cpuSeconds() {
		return (double) this.process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000;
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
