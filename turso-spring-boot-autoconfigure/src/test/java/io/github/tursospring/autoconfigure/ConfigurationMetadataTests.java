package io.github.tursospring.autoconfigure;

import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The metadata that IDEs show.
 */
class ConfigurationMetadataTests {

	private final JsonNode metadata = read();

	@Test
	void keysShouldHaveDescriptions() {
		for (JsonNode property : this.metadata.get("properties")) {
			String name = property.get("name").stringValue();
			assertThat(property.has("description")).as(name).isTrue();
			assertThat(property.get("description").stringValue()).as(name)
				.endsWith(".")
				.doesNotStartWith("The ")
				.doesNotStartWith("A ");
			if (property.get("type").stringValue().equals("java.lang.Boolean")) {
				assertThat(property.get("description").stringValue()).as(name).startsWith("Whether ");
			}
		}
	}

	@Test
	void documentedKeysShouldExistWithDefaults() {
		Map<String, String> defaults = new TreeMap<>();
		for (JsonNode property : this.metadata.get("properties")) {
			JsonNode value = property.get("defaultValue");
			defaults.put(property.get("name").stringValue(), (value != null) ? value.asString() : "");
		}
		assertThat(defaults).containsEntry("turso.enabled", "true")
			.containsEntry("turso.api-token", "")
			.containsEntry("turso.organization", "")
			.containsEntry("turso.base-url", "https://api.turso.tech")
			.containsEntry("turso.connect-timeout", "")
			.containsEntry("turso.read-timeout", "")
			.containsEntry("turso.response-timeout", "60s")
			.containsEntry("turso.ssl.bundle", "")
			.containsEntry("turso.max-response-size", "16MB")
			.containsEntry("turso.retry.max-retries", "4")
			.containsEntry("turso.retry.delay", "200ms")
			.containsEntry("turso.retry.multiplier", "2")
			.containsEntry("turso.retry.max-delay", "10s")
			.containsEntry("turso.retry.max-retry-after", "60s")
			.containsEntry("turso.audit-logs.page-size", "100")
			.containsEntry("turso.audit-logs.concurrency", "1")
			.containsEntry("turso.audit-logs.follow.enabled", "true")
			.containsEntry("turso.audit-logs.follow.organizations", "")
			.containsEntry("turso.audit-logs.follow.start-time", "oldest")
			.containsEntry("turso.audit-logs.follow.poll-interval", "30s")
			.containsEntry("turso.audit-logs.follow.lookback", "60s")
			.containsEntry("turso.audit-logs.follow.lock-at-most-for", "30s")
			.containsEntry("turso.audit-logs.follow.backoff.delay", "1s")
			.containsEntry("turso.audit-logs.follow.backoff.multiplier", "2")
			.containsEntry("turso.audit-logs.follow.backoff.max-delay", "1m")
			.containsEntry("turso.audit-logs.follow.file.directory", "")
			.containsEntry("turso.audit-logs.follow.jdbc.initialize-schema", "embedded")
			.containsEntry("turso.audit-logs.follow.jdbc.schema",
					"optional:classpath:io/github/tursospring/auditlog/follow/schema-@@platform@@.sql")
			.containsEntry("turso.audit-logs.follow.jdbc.platform", "")
			.containsEntry("turso.audit-logs.follow.jdbc.table-name", "turso_audit_log_checkpoint")
			.containsEntry("turso.audit-logs.follow.jdbc.continue-on-error", "true")
			.containsEntry("turso.audit-logs.delivery.otlp.endpoint", "")
			.containsEntry("turso.audit-logs.delivery.otlp.headers", "")
			.containsEntry("turso.audit-logs.delivery.otlp.compression", "none")
			.containsEntry("turso.audit-logs.delivery.otlp.timeout", "10s")
			.containsEntry("turso.audit-logs.delivery.otlp.format", "native")
			.containsEntry("turso.audit-logs.delivery.kafka.topic", "")
			.containsEntry("turso.audit-logs.delivery.kafka.format", "native")
			.containsEntry("turso.health.cache-ttl", "10s")
			.containsEntry("turso.health.timeout", "5s")
			.containsEntry("management.health.turso.enabled", "true");
	}

	@Test
	void hintsShouldBeOfExistingKeys() {
		Set<String> names = new java.util.TreeSet<>();
		this.metadata.get("properties").forEach((property) -> names.add(property.get("name").stringValue()));
		assertThat(this.metadata.get("hints")).isNotEmpty();
		for (JsonNode hint : this.metadata.get("hints")) {
			assertThat(names).contains(hint.get("name").stringValue());
			for (JsonNode value : hint.get("values")) {
				assertThat(value.has("description")).isTrue();
			}
		}
	}

	private static JsonNode read() {
		InputStream json = TursoProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json");
		assertThat(json).isNotNull();
		return JsonMapper.shared().readTree(json);
	}

}
