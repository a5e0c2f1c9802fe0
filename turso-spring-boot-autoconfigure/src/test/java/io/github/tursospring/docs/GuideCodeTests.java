package io.github.tursospring.docs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogNotFoundException;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.docs.QuickStart.WhoDeletedIt;
import io.github.tursospring.mock.MockResponse;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.mock.junit.MockTursoExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs the code of the README and the guides.
 */
class GuideCodeTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	@RegisterExtension
	static MockTursoExtension turso = new MockTursoExtension(
			(builder) -> builder.organization("acme", (log) -> log.addNumbered(1000))
				.organization("globex", (log) -> log.addNumbered(5)));

	@Test
	void quickStartShouldFindDeletions(MockTursoServer server) {
		List<String> deletions = new WhoDeletedIt(client(server)).deletionsSince(Instant.EPOCH)
			.collectList()
			.block(LIMIT);
		assertThat(deletions).hasSize(100);
		assertThat(deletions.get(0)).endsWith(" iku: 1000");
	}

	@Test
	void tokensShouldPageThroughTheLog(MockTursoServer server) {
		ClientGuide guide = new ClientGuide(client(server), new StoredPosition(), (entries) -> Mono.empty());
		List<String> messages = new ArrayList<>();
		String token = null;
		do {
			AuditLogPage page = guide.deletions(token).block(LIMIT);
			page.auditLogs().forEach((entry) -> messages.add(entry.message()));
			token = page.nextPageToken();
		}
		while (token != null);
		assertThat(messages).hasSize(100).startsWith("1000", "990").endsWith("10");
		assertThat(ClientGuide.deletions(client(server)).map(AuditLog::message).collectList().block(LIMIT))
			.isEqualTo(messages);
	}

	@Test
	void importShouldResumeAtItsPosition(MockTursoServer server) {
		List<AuditLog> imported = new ArrayList<>();
		ClientGuide guide = new ClientGuide(client(server), new StoredPosition(),
				(entries) -> Mono.fromRunnable(() -> imported.addAll(entries)));
		guide.importNewEntries().block(LIMIT);
		assertThat(imported).hasSize(1000);
		server.log("acme").addNumbered(3);
		guide.importNewEntries().block(LIMIT);
		assertThat(imported).hasSize(1003).doesNotHaveDuplicates();
	}

	@Test
	void queriesShouldRead(MockTursoServer server) {
		AuditLogClient client = client(server);
		assertThat(client.streamAll(ClientGuide.query()).collectList().block(LIMIT)).isEmpty();
		assertThat(ClientGuide.numbered(client).block(LIMIT).pagination())
			.isEqualTo(new AuditLogPage.Pagination(1, 100, 10, 1000));
		assertThat(ClientGuide.all(client).count().block(LIMIT)).isEqualTo(1005);
		assertThatExceptionOfType(AuditLogNotFoundException.class)
			.isThrownBy(() -> ClientGuide.entry(client).block(LIMIT));
		assertThat(ClientGuide.client(server.token())).isNotNull();
	}

	@Test
	void streamShouldResumeAfterAFailure(MockTursoServer server) {
		AuditLogClient client = AuditLogClient.builder()
			.apiToken(server.token())
			.organization("acme")
			.baseUrl(server.baseUrl())
			.maxRetries(0)
			.build();
		server.enqueue(MockResponse.page(), MockResponse.page(), MockResponse.status(503), MockResponse.page(),
				MockResponse.status(502));
		assertThat(new ErrorsGuide(client).resumed(AuditLogQuery.all()).collectList().block(LIMIT)).hasSize(1000)
			.doesNotHaveDuplicates();
	}

	private static AuditLogClient client(MockTursoServer server) {
		return AuditLogClient.builder().apiToken(server.token()).organization("acme").baseUrl(server.baseUrl()).build();
	}

	/** A position in memory. */
	private static final class StoredPosition implements ClientGuide.Position {

		private final AtomicReference<@Nullable String> token = new AtomicReference<>();

		@Override
		public @Nullable String load() {
			return this.token.get();
		}

		@Override
		public Mono<Void> save(@Nullable String pageToken) {
			return Mono.fromRunnable(() -> this.token.set(pageToken));
		}

	}

}
