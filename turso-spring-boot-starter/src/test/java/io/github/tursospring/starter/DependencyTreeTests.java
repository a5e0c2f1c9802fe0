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
 * What the starter brings along is what README.md says that it brings along, and why.
 */
class DependencyTreeTests {

	private static final Pattern RESOLVED = Pattern
		.compile("(?<indent>[-+|\\\\ ]*)[^: ]+:(?<name>[^:]+):jar(?<classifier>:[^:]+)?:[^:]+:(compile|runtime)");

	private static final Pattern LISTED = Pattern.compile("(?<entry>[-+|\\\\ ]*\\S+) {2,}(?<reason>\\S.*)");

	@Test
	void readmeListsWhatMavenResolves() throws IOException {
		List<String> listed = listed().stream().map((line) -> group(LISTED, line, "entry")).toList();
		assertThat(listed).isNotEmpty().containsExactlyElementsOf(resolved());
	}

	@Test
	void readmeGivesAReasonForEach() throws IOException {
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
		return Files.readAllLines(Path.of("..", "README.md"))
			.stream()
			.dropWhile((line) -> !line.equals("## What it brings along"))
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
