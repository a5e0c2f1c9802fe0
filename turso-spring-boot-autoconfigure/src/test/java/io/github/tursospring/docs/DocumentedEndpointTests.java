package io.github.tursospring.docs;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.tursospring.auditlog.AuditLogGap;
import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FollowerStatus;
import io.github.tursospring.auditlog.follow.FollowerStatus.Counts;
import io.github.tursospring.auditlog.follow.FollowerStatus.State;
import io.github.tursospring.endpoint.AuditLogFollowersEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Compares {@code docs/reference/endpoint.md} with the code.
 */
class DocumentedEndpointTests {

	private static final String PAGE = "docs/reference/endpoint.md";

	@Test
	void responseShouldBeThatOfTheEndpoint() {
		FollowerStatus status = new FollowerStatus(new CheckpointKey("archive", "acme"), State.FAILING, true,
				Instant.parse("2026-01-31T09:59:00Z"), Duration.ofMinutes(2), Instant.parse("2026-01-31T09:58:00Z"),
				Instant.parse("2026-01-31T10:00:00Z"), Instant.parse("2026-01-31T10:00:01Z"), "The index is read-only",
				new AuditLogGap(Instant.parse("2025-11-01T00:00:00Z"), Instant.parse("2025-11-03T00:00:00Z")),
				new Counts(1204, 3, 0, 0, 0, 1));
		AuditLogFollowers followers = mock(AuditLogFollowers.class);
		given(followers.statuses()).willReturn(List.of(status));
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JacksonEndpointAutoConfiguration.class))
			.run((context) -> {
				String response = context.getBean(EndpointJsonMapper.class)
					.get()
					.writeValueAsString(new AuditLogFollowersEndpoint(followers).followers());
				assertThat(JsonMapper.shared().readTree(Documents.blocks(PAGE, "json").get(0)))
					.isEqualTo(JsonMapper.shared().readTree(response));
			});
	}

	@Test
	void statesShouldBeThoseOfAFollower() {
		assertThat(Documents.rows(PAGE, "| state |").stream().map((row) -> Documents.literals(row.get(0)).get(0)))
			.containsExactlyElementsOf(Arrays.stream(State.values()).map(State::name).toList());
	}

}
