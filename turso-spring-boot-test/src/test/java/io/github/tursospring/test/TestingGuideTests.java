package io.github.tursospring.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the examples of {@code docs/guide/testing.md} are those that the build
 * compiles and runs.
 */
class TestingGuideTests {

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	@Test
	void examplesShouldBeCompiledCode() throws IOException {
		String sources = normalized(sources());
		List<String> examples = JAVA.matcher(Files.readString(Path.of("../docs/guide/testing.md")))
			.results()
			.map((MatchResult match) -> match.group(1))
			.toList();
		assertThat(examples).hasSizeGreaterThan(5)
			.allSatisfy((example) -> assertThat(sources).contains(normalized(example)));
	}

	private static String sources() throws IOException {
		StringBuilder sources = new StringBuilder();
		for (String module : List.of(".", "../integration-tests")) {
			try (Stream<Path> files = Files.walk(Path.of(module, "src/test/java/com/example"))) {
				for (Path file : files.filter(Files::isRegularFile).toList()) {
					sources.append(Files.readString(file));
				}
			}
		}
		return sources.toString();
	}

	/** Without indentation and blank lines. */
	private static String normalized(String code) {
		return code.lines().map(String::strip).filter((line) -> !line.isEmpty()).collect(Collectors.joining("\n"));
	}

}
