package com.example.alarm;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.mock.activity.OrganizationActivity;
import io.github.tursospring.test.autoconfigure.AutoConfigureMockTurso;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide's example of a growing log under a follower.
 */
@SpringBootTest(properties = "turso.audit-logs.follow.poll-interval=100ms")
@AutoConfigureMockTurso
class DeletionAlarmTests {

	@Test
	void handlerShouldSeeEachDeletionOfAGrowingLog(@Autowired MockTursoServer turso, @Autowired DeletionAlarm alarm) {
		turso.log().every(Duration.ofMillis(5), (log) -> log.addNumbered(10));
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(alarm.alarms()).startsWith("10", "20", "30", "40"));
	}

	@Test
	void activityShouldBeRealistic() {
		MockTursoServer.Builder builder = MockTursoServer.builder();
		OrganizationActivity activity = OrganizationActivity.of(42);
		builder.organization("acme", (log) -> log.add(activity.history(5000, Duration.ofDays(90)))
			.every(Duration.ofSeconds(3), (growing) -> growing.add(activity.next())));
		try (MockTursoServer turso = builder.start()) {
			assertThat(turso.log().entries()).extracting((entry) -> String.valueOf(entry.code()))
				.containsAll(List.of("db-create", "db-delete", "org-member-add"));
		}
	}

}
