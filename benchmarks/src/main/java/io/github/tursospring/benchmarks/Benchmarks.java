package io.github.tursospring.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.tursospring.benchmarks.inner.InnerParts;
import io.github.tursospring.benchmarks.report.Machine;
import io.github.tursospring.benchmarks.report.Report;
import io.github.tursospring.benchmarks.scenario.Concurrency;
import io.github.tursospring.benchmarks.scenario.Exactly;
import io.github.tursospring.benchmarks.scenario.FirstEntry;
import io.github.tursospring.benchmarks.scenario.Following;
import io.github.tursospring.benchmarks.scenario.Lab;
import io.github.tursospring.benchmarks.scenario.Latency;
import io.github.tursospring.benchmarks.scenario.Memory;
import io.github.tursospring.benchmarks.scenario.Range;
import io.github.tursospring.benchmarks.scenario.Scenario;
import io.github.tursospring.benchmarks.scenario.Throughput;
import io.github.tursospring.benchmarks.startup.StartUp;

/**
 * Program that runs the benchmarks: all, or those that its arguments name. What it
 * measures it prints, and writes into a file.
 */
public final class Benchmarks {

	private static final Path RESULTS = Path.of("target", "benchmarks.md");

	private static final Map<String, Scenario> SCENARIOS = scenarios();

	private Benchmarks() {
	}

	/**
	 * Run the program.
	 * @param args names of scenarios; none for all
	 * @throws IOException if the file cannot be written
	 */
	public static void main(String[] args) throws IOException {
		String text = run(Sizes.FULL, (args.length > 0) ? List.of(args) : names());
		Files.createDirectories(RESULTS.toAbsolutePath().getParent());
		Files.writeString(RESULTS, text);
		System.out.println("Written to " + RESULTS.toAbsolutePath());
		System.exit(0);
	}

	static List<String> names() {
		return List.copyOf(SCENARIOS.keySet());
	}

	/**
	 * Run scenarios.
	 * @param sizes how large everything is
	 * @param names the names of the scenarios
	 * @return what was measured, as Markdown
	 */
	static String run(Sizes sizes, List<String> names) {
		Instant start = Instant.now();
		StringBuilder text = new StringBuilder();
		print(text, "Measured on " + LocalDate.now(ZoneOffset.UTC) + " on " + Machine.describe() + ".\n");
		try (Lab lab = new Lab(sizes)) {
			for (String name : names) {
				Scenario scenario = SCENARIOS.get(name);
				if (scenario == null) {
					throw new IllegalArgumentException(
							"There is no scenario '" + name + "', only " + SCENARIOS.keySet());
				}
				Report report = scenario.run(lab);
				print(text, report.toMarkdown());
			}
		}
		print(text, "All of it took " + Duration.between(start, Instant.now()).toSeconds() + " s.\n");
		return text.toString();
	}

	private static void print(StringBuilder text, String part) {
		System.out.println(part);
		text.append(part).append('\n');
	}

	private static Map<String, Scenario> scenarios() {
		Map<String, Scenario> scenarios = new LinkedHashMap<>();
		scenarios.put("S1", new Throughput());
		scenarios.put("S2", new Concurrency());
		scenarios.put("S3", new Latency());
		scenarios.put("S4", new Range());
		scenarios.put("S5", new Memory());
		scenarios.put("S6", new FirstEntry());
		scenarios.put("S7", new Exactly());
		scenarios.put("S8", new Following());
		scenarios.put("start-up", new StartUp());
		scenarios.put("inner", new InnerParts());
		return scenarios;
	}

}
