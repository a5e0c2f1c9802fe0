package io.github.tursospring.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the tables of {@code docs/reference/properties.md}, which have the header
 * "key, default", with the metadata.
 */
class DocumentedPropertiesTests {

	private static final Path PAGE = Path.of("../docs/reference/properties.md");

	private static final String HEADER = "| key | default |";

	private static final Pattern LITERAL = Pattern.compile("`[^`]*`");

	/** Keys whose default the table says in another way. */
	private static final List<String> DESCRIBED = List.of("turso.audit-logs.follow.jdbc.schema",
			"management.endpoint.auditlogfollowers.access");

	@Test
	void tableShouldHaveEveryPropertyWithItsDefault() throws IOException {
		Map<String, String> documented = documented();
		Map<String, String> actual = metadata();
		assertThat(documented.keySet()).containsExactlyElementsOf(actual.keySet());
		documented.forEach((key, value) -> {
			if (LITERAL.matcher(value).matches() && !DESCRIBED.contains(key)) {
				assertThat(value).as(key).isEqualTo("`" + actual.get(key) + "`");
			}
			else if (!DESCRIBED.contains(key)) {
				assertThat(actual.get(key)).as(key + " is documented as '" + value + "'").isEmpty();
			}
		});
	}

	private static Map<String, String> documented() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		boolean table = false;
		for (String line : Files.readAllLines(PAGE)) {
			table = line.startsWith(HEADER) || (table && line.startsWith("|"));
			if (table && line.startsWith("| `")) {
				String[] cells = StringUtils.delimitedListToStringArray(line, "|");
				documented.put(cells[1].strip().replace("`", ""), cells[2].strip());
			}
		}
		return documented;
	}

	private static Map<String, String> metadata() throws IOException {
		try (InputStream json = TursoProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			Map<String, String> defaults = new TreeMap<>();
			for (JsonNode property : JsonMapper.shared().readTree(json).get("properties")) {
				JsonNode value = property.get("defaultValue");
				defaults.put(property.get("name").stringValue(), (value != null) ? value.asString() : "");
			}
			return defaults;
		}
	}

}
