package io.github.tursospring.benchmarks;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that every scenario runs, at sizes too small for any figure to mean something.
 */
class BenchmarksTests {

	@Test
	@Tag("measurement")
	void runShouldPrintEveryScenario() throws IOException {
		String results = Benchmarks.run(Sizes.TINY, Benchmarks.names());
		assertThat(results).startsWith("Measured on ")
			.contains("### S1: ", "### S2: ", "### S3: ", "### S4: ", "### S5: ", "### S6: ", "### S7: ",
					"### Inner parts")
			.doesNotContain("NaN", "Infinity");
	}

	@Test
	void runWhenScenarioIsUnknownShouldRefuse() {
		assertThatIllegalArgumentException().isThrownBy(() -> Benchmarks.run(Sizes.TINY, List.of("S99")))
			.withMessageContaining("No scenario 'S99'");
	}

}
