package io.github.tursospring.crash;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Memory does not grow with the log.
 */
@Tag("slow")
class BacklogMemoryTests {

	private static final int ROWS = 1_000_000;

	@Test
	void followWhenBacklogIsMillionEntriesShouldFitSmallHeap() throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx64m", "-XX:+UseSerialGC", "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				BacklogReader.class.getName(), String.valueOf(ROWS))
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
		System.out.println("Backlog in a heap of 64 MB: " + output.strip());
		assertThat(output).contains("delivered " + ROWS);
		assertThat(process.exitValue()).isZero();
	}

}
