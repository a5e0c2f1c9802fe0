package io.github.tursospring.benchmarks.scenario;

import io.github.tursospring.benchmarks.report.Report;

/**
 * Something that is measured.
 */
@FunctionalInterface
public interface Scenario {

	/**
	 * Measure it.
	 * @param lab what with
	 * @return what was measured
	 */
	Report run(Lab lab);

}
