package io.github.tursospring.benchmarks.startup;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.tursospring.benchmarks.measure.Median;
import io.github.tursospring.benchmarks.process.ChildJvm;
import io.github.tursospring.benchmarks.report.Report;
import io.github.tursospring.benchmarks.scenario.Lab;
import io.github.tursospring.benchmarks.scenario.Scenario;

/**
 * What the starter adds to the start-up of an empty WebFlux application: from the start
 * of the process to the server being ready, in turn without and with the starter.
 */
public final class StartUp implements Scenario {

	private static final Pattern OF_BENCHMARKS = Pattern
		.compile("azure-.*|jmh-.*|jopt-simple-.*|commons-math3-.*|jackson-(core|databind|datatype-jsr310)-2.*");

	/** What the starter brings that spring-boot-starter-webflux does not. */
	private static final Pattern OF_STARTER = Pattern
		.compile("turso-spring-boot-.*|spring-boot-starter-webclient-.*|spring-boot-webclient-.*"
				+ "|spring-boot-http-(client|converter)-.*");

	private static final double LIMIT = 1.10;

	private static final int WARM_UPS = 2;

	@Override
	public Report run(Lab lab) {
		List<Start> without = new ArrayList<>();
		List<Start> with = new ArrayList<>();
		String emptyPath = classPath(OF_STARTER.asMatchPredicate().negate());
		String starterPath = classPath((name) -> true);
		int rounds = lab.sizes().startUps();
		for (int i = -Math.min(WARM_UPS, rounds - 1); i < rounds; i++) {
			Start empty = start(emptyPath);
			Start starter = start(starterPath);
			if (i >= 0) {
				without.add(empty);
				with.add(starter);
			}
		}
		double ratio = Median.of(IntStream.range(0, rounds).boxed().toList(),
				(round) -> with.get(round).seconds() / without.get(round).seconds());
		Report report = new Report("Start-up: an empty WebFlux application, " + rounds + " starts each", "", "median",
				"fastest", "CPU");
		report.row("without the starter", millis(Median.of(without, Start::seconds)), millis(fastest(without)),
				cpu(without));
		report.row("with the starter", millis(Median.of(with, Start::seconds)), millis(fastest(with)), cpu(with));
		report.aim(ratio <= LIMIT, "the starter adds at most 10 %",
				String.format(Locale.ROOT, "%+.1f %% (median of the rounds)", 100 * (ratio - 1)));
		return report;
	}

	private static Start start(String classPath) {
		long start = System.nanoTime();
		try (ChildJvm application = ChildJvm.start(List.of("-Xmx256m"), classPath, EmptyApplication.class.getName(),
				"--server.port=0", "--turso.api-token=token", "--turso.organization=acme")) {
			application.answer();
			return new Start((double) (System.nanoTime() - start) / 1_000_000_000, application.cpuSeconds());
		}
	}

	private static String classPath(Predicate<String> filter) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
			.filter((entry) -> !OF_BENCHMARKS.matcher(artifact(Path.of(entry))).matches())
			.filter((entry) -> filter.test(artifact(Path.of(entry))))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/** The name of the jar, or that of the module whose classes these are. */
	private static String artifact(Path entry) {
		boolean classes = entry.endsWith(Path.of("target", "classes")) && entry.getNameCount() > 2;
		return classes ? entry.getName(entry.getNameCount() - 3) + "-classes" : String.valueOf(entry.getFileName());
	}

	private static double fastest(List<Start> starts) {
		return starts.stream().mapToDouble(Start::seconds).min().orElse(0);
	}

	private static String cpu(List<Start> starts) {
		return String.format(Locale.ROOT, "%.2f s", Median.of(starts, Start::cpuSeconds));
	}

	private static String millis(double seconds) {
		return String.format(Locale.ROOT, "%,.0f ms", seconds * 1000);
	}

	private record Start(double seconds, double cpuSeconds) {
	}

}
