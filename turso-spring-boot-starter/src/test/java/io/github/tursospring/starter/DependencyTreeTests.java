package io.github.tursospring.starter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the tree of {@code docs/reference/dependencies.md} with what Maven resolves.
 */
class DependencyTreeTests {

	private static final Pattern RESOLVED = Pattern
		.compile("(?<indent>[-+|\\\\ ]*)[^: ]+:(?<name>[^:]+):jar(?<classifier>:[^:]+)?:[^:]+:(compile|runtime)");

	private static final Pattern LISTED = Pattern.compile("(?<entry>[-+|\\\\ ]*\\S+) {2,}(?<reason>\\S.*)");

	@Test
	void treeShouldBeWhatMavenResolves() throws IOException {
		List<String> listed = listed().stream().map((line) -> group(LISTED, line, "entry")).toList();
		assertThat(listed).isNotEmpty().containsExactlyElementsOf(resolved());
	}

	@Test
	void treeShouldGiveAReasonForEach() throws IOException {
		assertThat(listed()).isNotEmpty().allSatisfy((line) -> assertThat(group(LISTED, line, "reason")).isNotBlank());
	}

	private static List<String> resolved() throws IOException {
		return Files.readAllLines(Path.of("target", "dependency-tree.txt"))
			.stream()
			.skip(1)
			.map((line) -> group(RESOLVED, line, "indent") + group(RESOLVED, line, "name")
					+ group(RESOLVED, line, "classifier"))
			.toList();
	}

	private static List<String> listed() throws IOException {
		return Files.readAllLines(Path.of("..", "docs", "reference", "dependencies.md"))
			.stream()
			.dropWhile((line) -> !line.equals("```"))
			.skip(1)
			.takeWhile((line) -> !line.equals("```"))
			.toList();
	}

	private static String group(Pattern pattern, String line, String name) {
		Matcher matcher = pattern.matcher(line);
		assertThat(matcher.matches()).as(line).isTrue();
		return (matcher.group(name) != null) ? matcher.group(name) : "";
	}

}
