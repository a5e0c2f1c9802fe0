package io.github.tursospring.benchmarks.inner;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import io.github.tursospring.benchmarks.Sizes;
import io.github.tursospring.benchmarks.report.Report;
import io.github.tursospring.benchmarks.scenario.Lab;
import io.github.tursospring.benchmarks.scenario.Scenario;

/**
 * The inner parts of the library, under JMH with its collector of allocations.
 */
public final class InnerParts implements Scenario {

	private static final String ALLOCATED = "gc.alloc.rate.norm";

	@Override
	public Report run(Lab lab) {
		boolean full = lab.sizes().equals(Sizes.FULL);
		OptionsBuilder options = new OptionsBuilder();
		options.include(InnerParts.class.getPackageName() + "\\..*")
			.forks(full ? 1 : 0)
			.warmupIterations(full ? 3 : 1)
			.measurementIterations(full ? 5 : 1)
			.warmupTime(full ? TimeValue.seconds(2) : TimeValue.milliseconds(10))
			.measurementTime(full ? TimeValue.seconds(2) : TimeValue.milliseconds(10))
			.jvmArgs("-Xms512m", "-Xmx512m")
			.addProfiler("gc")
			.verbosity(VerboseMode.SILENT);
		Report report = new Report("Inner parts, under JMH", "", "time", "error (99.9 %)", "allocated bytes");
		try {
			Collection<RunResult> results = new Runner(options.build()).run();
			results.stream().sorted(Comparator.comparing(InnerParts::title)).forEach((result) -> row(report, result));
		}
		catch (RunnerException ex) {
			throw new IllegalStateException(ex);
		}
		return report;
	}

	private static void row(Report report, RunResult result) {
		Result<?> time = result.getPrimaryResult();
		Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
		report.row(title(result), String.format(Locale.ROOT, "%,.0f ns", time.getScore()),
				Double.isNaN(time.getScoreError()) ? "-" : String.format(Locale.ROOT, "%,.0f ns", time.getScoreError()),
				(allocated != null) ? String.format(Locale.ROOT, "%,.0f", allocated.getScore()) : "-");
	}

	private static String title(RunResult result) {
		String order = result.getParams().getParam("order");
		String name = result.getParams().getBenchmark();
		String method = name.substring(InnerParts.class.getPackageName().length() + 1);
		return switch (method) {
			case "PageDecoding.entries" -> "a page of 1,000 from bytes to entries, per entry";
			case "PageDecoding.tokens" -> "Jackson's tokens of that page alone, per entry";
			case "Reading.entries" -> "the engine over pages in memory, per entry, " + order;
			case "Identity.id" -> "`AuditLog.id()`";
			default -> method;
		};
	}

}
