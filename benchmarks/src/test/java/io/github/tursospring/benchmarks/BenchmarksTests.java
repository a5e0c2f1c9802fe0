package io.github.tursospring.benchmarks;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that every scenario runs, and reads what it is to read; of sizes too small for
 * any figure to mean something.
 */
class BenchmarksTests {

	@Test
	void everyScenarioRuns() {
		String text = Benchmarks.run(Sizes.TINY, Benchmarks.names());
		assertThat(text).contains("Measured on ", "| ---", "**S1: ", "**S8: ", "**Start-up: ", "**Inner parts")
			.contains("Met: 0 lost, 0 repeated")
			.containsPattern("this library\\s+\\|\\s+100 \\|\\s+\\d+ \\|[^|]+\\|\\s+60 \\|")
			.doesNotContain("NaN", "Infinity");
	}

	@Test
	void anUnknownNameIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Benchmarks.run(Sizes.TINY, List.of("S99")))
			.withMessageContaining("There is no scenario 'S99'");
	}

}
