package io.github.tursospring.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An object in a JVM of its own, on the class path of this one. Calls are serialized
 * lambdas, and their results serialized objects. The JVM ends with this one.
 *
 * @param <S> type of the object, which stays in its JVM
 */
final class Worker<S> implements AutoCloseable {

	private final Process process;

	private final ObjectOutputStream calls;

	private @Nullable ObjectInputStream results;

	private Worker(Process process) throws IOException {
		this.process = process;
		this.calls = new ObjectOutputStream(process.getOutputStream());
	}

	/**
	 * Start a JVM.
	 * @param <S> type of the object
	 * @param heap maximum size of the heap, as {@code -Xmx} takes it
	 * @param creation creates the object, in the JVM
	 * @return the running JVM
	 */
	static <S> Worker<S> start(String heap, Creation<S> creation) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options());
		command.addAll(List.of("-Xmx" + heap, "-XX:MaxDirectMemorySize=1g"));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
		try {
			Worker<S> worker = new Worker<>(
					new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
			worker.send(creation);
			return worker;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The compiler and the collector of this JVM: a test chooses those that start fast.
	 */
	private static List<String> options() {
		return ManagementFactory.getRuntimeMXBean()
			.getInputArguments()
			.stream()
			.filter((argument) -> argument.startsWith("-XX:"))
			.toList();
	}

	/**
	 * Call the object.
	 * @param <R> type of the result
	 * @param call the call
	 * @return its result
	 */
	@SuppressWarnings("unchecked")
	<R> R call(Call<S, R> call) {
		return (R) send(call);
	}

	private Object send(Serializable call) {
		try {
			this.calls.writeUnshared(call);
			this.calls.flush();
			if (this.results == null) {
				this.results = new ObjectInputStream(this.process.getInputStream());
			}
			Object result = this.results.readUnshared();
			if (result instanceof Failure failure) {
				throw new IllegalStateException("A call failed: " + failure.stackTrace());
			}
			return result;
		}
		catch (IOException | ClassNotFoundException ex) {
			throw new IllegalStateException("A JVM has ended", ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

	/**
	 * The JVM's program.
	 * @param args none
	 * @throws IOException if its input or output fails
	 * @throws ClassNotFoundException if the class path is another
	 */
	@SuppressWarnings("unchecked")
	public static void main(String[] args) throws IOException, ClassNotFoundException {
		OutputStream output = System.out;
		System.setOut(System.err);
		try (ObjectInputStream calls = new ObjectInputStream(System.in);
				ObjectOutputStream results = new ObjectOutputStream(output)) {
			Object object = ((Creation<Object>) calls.readUnshared()).create();
			results.writeUnshared("created");
			while (true) {
				results.flush();
				results.writeUnshared(result((Call<Object, Object>) calls.readUnshared(), object));
			}
		}
		catch (EOFException ex) {
			System.exit(0);
		}
	}

	private static Object result(Call<Object, Object> call, Object object) {
		try {
			return call.apply(object);
		}
		catch (RuntimeException | Error ex) {
			StringWriter stackTrace = new StringWriter();
			ex.printStackTrace(new PrintWriter(stackTrace));
			return new Failure(stackTrace.toString());
		}
	}

	/**
	 * Creates the object of a worker.
	 *
	 * @param <S> type of the object
	 */
	@FunctionalInterface
	interface Creation<S> extends Serializable {

		S create();

	}

	/**
	 * Call of a worker's object.
	 *
	 * @param <S> type of the object
	 * @param <R> type of the result
	 */
	@FunctionalInterface
	interface Call<S, R> extends Serializable {

		R apply(S object);

	}

	private record Failure(String stackTrace) implements Serializable {
	}

}
