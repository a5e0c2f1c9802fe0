package io.github.tursospring.autoconfigure.follow;

import java.time.Duration;
import java.time.Instant;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.FollowerStatus;
import io.github.tursospring.mock.MockRequest;
import io.github.tursospring.mock.MockResponse;
import io.github.tursospring.mock.MockTursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for followers that cannot read one page of a log, while others can be read.
 */
class FollowReadingFailureTests {

	@ParameterizedTest
	@ValueSource(ints = { 402, 500 })
	void followerThatCannotReadOnePageShouldFailFromTheFirstTimeOn(int status) {
		try (MockTursoServer server = MockTursoServer.start()) {
			server.log().addNumbered(350);
			server.log().respondWhen((request) -> shows(request, 200), MockResponse.error(status, "made up", null));
			FollowingApplication.of(server, new Handler())
				.withPropertyValues("turso.retry.max-retries=0", "turso.audit-logs.follow.backoff.delay=20ms",
						"turso.audit-logs.follow.backoff.max-delay=50ms")
				.run((context) -> {
					Awaitility.await()
						.atMost(Duration.ofSeconds(60))
						.until(() -> status(context).failingSince() != null);
					Instant since = status(context).failingSince();
					int requests = server.requests().size();
					Awaitility.await()
						.atMost(Duration.ofSeconds(60))
						.until(() -> server.requests().size() > requests + 8 && status(context).failingSince() != null);
					assertThat(status(context).failingSince()).isEqualTo(since);
				});
		}
	}

	private static boolean shows(MockRequest request, int offset) {
		int pageSize = Integer.parseInt(request.parameter("page_size"));
		int start = (Integer.parseInt(request.parameter("page")) - 1) * pageSize;
		return start <= offset && offset < start + pageSize;
	}

	private static FollowerStatus status(AssertableApplicationContext context) {
		return context.getBean(AuditLogFollowers.class).statuses().get(0);
	}

	private static final class Handler implements AuditLogHandler {

		@Override
		public Mono<Void> handle(String organization, AuditLogPage page) {
			return Mono.empty();
		}

		@Override
		public AuditLogQuery query() {
			return AuditLogQuery.builder().author("nobody").build();
		}

	}

}
