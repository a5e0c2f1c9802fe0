package io.github.tursospring.auditlog;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import static org.assertj.core.api.Assertions.assertThat;

class RecurringTextsTests {

	private final RecurringTexts texts = new RecurringTexts();

	private final JsonFactory json = new JsonFactory();

	@Test
	void readWhenTextRecursShouldReturnSameInstance() {
		assertThat(read("ci-bot")).isEqualTo("ci-bot").isSameAs(read("ci-bot"));
	}

	@Test
	void readWhenTextsDifferShouldReturnEachAsItIs() {
		List<String> differing = List.of("", "a", "b", "ab", "ba", "S\u00e3o Paulo", "Aa", "BB", "AaBB", "BBAa",
				"\u0000", "\uD83D\uDE80", "x".repeat(64), "x".repeat(65), "y".repeat(100_000));
		for (int round = 0; round < 3; round++) {
			assertThat(differing).allSatisfy((text) -> assertThat(read(text)).isEqualTo(text));
		}
	}

	@Test
	void readWhenMoreTextsThanSlotsShouldReturnEachAsItIs() {
		Random random = new Random(7);
		IntStream.range(0, 20_000)
			.mapToObj((i) -> "database-" + random.nextInt(5_000))
			.forEach((text) -> assertThat(read(text)).isEqualTo(text));
	}

	@Test
	void readWhenSeveralThreadsShareItShouldReturnEachTextAsItIs() {
		assertThat(IntStream.range(0, 40_000).parallel().mapToObj((i) -> "author-" + (i % 3_000)))
			.allSatisfy((text) -> assertThat(read(text)).isEqualTo(text));
	}

	private String read(String text) {
		String quoted = "\"" + text.replace("\u0000", "\\u0000") + "\"";
		try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(),
				quoted.getBytes(StandardCharsets.UTF_8))) {
			parser.nextToken();
			return this.texts.read(parser);
		}
	}

}
