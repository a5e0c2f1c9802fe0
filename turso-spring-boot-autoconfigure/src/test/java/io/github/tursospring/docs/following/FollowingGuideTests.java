package io.github.tursospring.docs.following;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the code in {@code docs/guide/following.md} is compiled, and works.
 */
class FollowingGuideTests {

	private static final Path GUIDE = Path.of("..", "docs", "guide", "following.md");

	private static final Path SOURCE = Path
		.of("src/test/java/io/github/tursospring/docs/following/FollowingGuide.java");

	@Test
	void codeOfTheGuideShouldBeCompiled() throws IOException {
		String source = withoutSpace(Files.readString(SOURCE).replace("static class Alerts", "class Alerts"));
		List<String> blocks = blocks("java");
		assertThat(blocks).hasSize(3);
		for (String block : blocks) {
			String code = withoutSpace(block);
			assertThat(source).contains(code.endsWith("}}") ? code.substring(0, code.length() - 1) : code);
		}
	}

	@Test
	void archiveOfTheGuideShouldHoldIdenticalEntries() throws IOException {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(
				"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		new ResourceDatabasePopulator(new ByteArrayResource(blocks("sql").get(0).getBytes(StandardCharsets.UTF_8)))
			.execute(dataSource);
		JdbcClient jdbc = JdbcClient.create(dataSource);
		AuditLog entry = AuditLog.builder()
			.code("db-create")
			.author("iku")
			.createdAt(Instant.parse("2026-01-01T00:00:00Z"))
			.build();
		AuditLogPage page = new AuditLogPage(List.of(entry, entry), "token", false, null);
		new FollowingGuide().archive(jdbc).handle("acme", page);
		assertThat(jdbc.sql("select entry_id from audit_log").query(String.class).list()).containsExactly(entry.id(),
				entry.id());
	}

	private static String withoutSpace(String text) {
		return text.replaceAll("\\s", "");
	}

	private static List<String> blocks(String language) throws IOException {
		Matcher matcher = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(GUIDE));
		List<String> blocks = new ArrayList<>();
		while (matcher.find()) {
			blocks.add(matcher.group(1));
		}
		return blocks;
	}

}
