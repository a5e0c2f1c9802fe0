package io.github.tursospring.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.function.Consumer;

import io.github.tursospring.benchmarks.measure.Meter;
import io.github.tursospring.benchmarks.reader.Reader;
import io.github.tursospring.benchmarks.reader.ReaderKind;
import io.github.tursospring.benchmarks.reader.Reading;

/**
 * Program that reads logs with one reader when it is told to, and says what it cost. Each
 * reader has a process to itself: no other one's code shapes how it is compiled, and the
 * process's CPU time is the reader's.
 */
final class ReaderProcess {

	private final Reader reader;

	private Recorder recorder = new Recorder();

	private ReaderProcess(Reader reader) {
		this.reader = reader;
	}

	/**
	 * Run the program.
	 * @param args who reads, where the logs are, and how many requests at a time
	 * @throws IOException if its input fails
	 */
	public static void main(String[] args) throws IOException {
		Reader reader = ReaderKind.valueOf(args[0]).create(args[1], Integer.parseInt(args[2]));
		ReaderProcess process = new ReaderProcess(reader);
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			System.out.println(ChildJvm.ANSWER + process.answer(line.split(" ", -1)));
		}
		System.exit(0);
	}

	private String answer(String... words) {
		String[] rest = Arrays.copyOfRange(words, 1, words.length);
		switch (words[0]) {
			case "prepare" -> this.reader.prepare(Reading.parse(rest));
			case "read" -> {
				return read(Reading.parse(rest));
			}
			case "record" -> {
				this.recorder = new Recorder();
				this.reader.read(Reading.parse(rest), this.recorder);
			}
			case "check" -> {
				return this.recorder.check(Integer.parseInt(rest[0]), Integer.parseInt(rest[1])).toLine();
			}
			default -> throw new IllegalArgumentException(words[0]);
		}
		return "done";
	}

	private String read(Reading reading) {
		Counter counter = new Counter();
		Meter meter = Meter.start();
		this.reader.read(reading, counter);
		return meter.stop(counter.count, counter.first).toLine();
	}

	private static final class Counter implements Consumer<String> {

		private long count;

		private long first;

		@Override
		public void accept(String message) {
			if (this.count++ == 0) {
				this.first = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
			}
		}

	}

}
