package io.github.tursospring.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

/**
 * Program that runs all benchmarks, or those that its arguments name. The results, which
 * it prints and writes to a file, are the section "Results" of the documentation.
 */
public final class Benchmarks {

	private static final Path RESULTS = Path.of("target", "benchmarks.md");

	private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

	private static final Map<String, Function<Lab, Report>> SCENARIOS = scenarios();

	private Benchmarks() {
	}

	/**
	 * Run the program.
	 * @param args names of scenarios; none for all
	 * @throws IOException if the file cannot be written
	 */
	public static void main(String[] args) throws IOException {
		String results = run(Sizes.FULL, (args.length > 0) ? List.of(args) : names());
		Files.createDirectories(RESULTS.toAbsolutePath().getParent());
		Files.writeString(RESULTS, results);
		System.exit(0);
	}

	static List<String> names() {
		return List.copyOf(SCENARIOS.keySet());
	}

	/**
	 * Run scenarios.
	 * @param sizes sizes of what is measured
	 * @param names the names of the scenarios
	 * @return the results, in Markdown
	 */
	static String run(Sizes sizes, List<String> names) throws IOException {
		Instant start = Instant.now();
		StringBuilder results = new StringBuilder();
		print(results, "Measured on " + LocalDate.now(ZoneOffset.UTC) + " on " + machine() + ".\n");
		try (Lab lab = new Lab(sizes)) {
			for (String name : names) {
				Function<Lab, Report> scenario = SCENARIOS.get(name);
				if (scenario == null) {
					throw new IllegalArgumentException("No scenario '" + name + "': there are " + SCENARIOS.keySet());
				}
				print(results, scenario.apply(lab).toMarkdown());
			}
		}
		print(results, "All of it took " + Duration.between(start, Instant.now()).toSeconds() + " s.\n");
		return results.toString();
	}

	private static void print(StringBuilder results, String part) {
		System.out.println(part);
		results.append(part).append('\n');
	}

	private static Map<String, Function<Lab, Report>> scenarios() {
		Map<String, Function<Lab, Report>> scenarios = new LinkedHashMap<>();
		scenarios.put("S1", ReadingTimes::throughput);
		scenarios.put("S2", ReadingTimes::concurrency);
		scenarios.put("S3", ReadingTimes::latency);
		scenarios.put("S4", RequestCounts::run);
		scenarios.put("S5", Memory::run);
		scenarios.put("S6", FirstEntry::run);
		scenarios.put("S7", Following::run);
		scenarios.put("parts", InnerParts::run);
		return scenarios;
	}

	private static String machine() throws IOException {
		long bytes = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
		return processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, " + (bytes >> 30) + " GB, "
				+ System.getProperty("os.name") + ", " + System.getProperty("java.vm.name") + " "
				+ System.getProperty("java.vm.version");
	}

	private static String processor() throws IOException {
		if (!Files.isReadable(CPU_INFO)) {
			return System.getProperty("os.arch");
		}
		try (Stream<String> lines = Files.lines(CPU_INFO)) {
			return lines.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).trim())
				.findFirst()
				.orElse(System.getProperty("os.arch"));
		}
	}

}
