package io.github.tursospring.auditlog.internal;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogCode;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.TursoServerException;
import io.github.tursospring.auditlog.internal.http.TursoServer;
import io.github.tursospring.mock.MockResponse;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what other clients of this API get wrong.
 */
class OtherClientsDefectsTests {

	@RegisterExtension
	static final NumberedLog log = new NumberedLog();

	private final AuditLogClient client = Clients.of(log.endpoint(TursoServer.retries(1)));

	@BeforeEach
	void prepare() {
		log.reset(450);
	}

	@Test
	void streamWithFilterShouldNotSendFilter() {
		AuditLogQuery query = AuditLogQuery.builder()
			.code("db-delete")
			.author("iku")
			.origin("cli")
			.startTime(NumberedLog.time(200))
			.endTime(NumberedLog.time(300))
			.build();
		List<AuditLog> entries = read(this.client.streamAll(query));
		assertThat(NumberedLog.numbers(entries)).containsExactly(290, 280, 270, 260, 250, 240, 230, 220, 210, 200);
		assertThat(log.requested()).isNotEmpty()
			.allMatch((request) -> request.matches("/v1/organizations/acme/audit-logs\\?page=\\d+&page_size=\\d+"));
	}

	@Test
	void retrieveShouldFindEntryByDerivedId() {
		AuditLog wanted = read(this.client.streamAll()).get(333);
		log.reset(450);
		StepVerifier.create(this.client.retrieve(wanted.id()))
			.expectNext(wanted)
			.expectComplete()
			.verify(TursoServer.PATIENCE);
		assertThat(log.requests()).isLessThanOrEqualTo(12);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 30, 99 })
	void streamWhenPageSizeIsClampedShouldReadWholeLog(int clamp) {
		log.log().maxPageSize(clamp);
		assertThat(NumberedLog.numbers(read(this.client.streamAll()))).isEqualTo(NumberedLog.numbersDown(450, 1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 37, 99 })
	void streamWhenEntriesAreInsertedShouldNotRepeatEntries(int growth) {
		log.growBy(growth);
		assertThat(NumberedLog.numbers(read(this.client.streamAll()))).isEqualTo(NumberedLog.numbersDown(450, 1));
	}

	@Test
	void streamWhenCodeIsNewShouldEmitEntry() {
		log.respond(MockResponse.json(200, """
				{"audit_logs": [{"code": "db-teleport", "created_at": "2026-01-01T00:00:00Z"}],
				 "pagination": {"page": 1, "total_pages": 1, "total_rows": 1}}"""));
		assertThat(read(this.client.streamAll())).extracting(AuditLog::code)
			.containsExactly(AuditLogCode.of("db-teleport"));
	}

	@Test
	void streamWhenServerIgnoresPageShouldFail() {
		StringBuilder rows = new StringBuilder();
		for (int number = 100; number > 0; number--) {
			rows.append("{\"code\":\"a\",\"created_at\":\"").append(NumberedLog.time(number)).append("\"},");
		}
		rows.setLength(rows.length() - 1);
		for (String pagination : List.of("", ",\"pagination\":{\"page\":1,\"page_size\":100,\"total_rows\":450}",
				",\"pagination\":{\"total_rows\":450}")) {
			log.reset(0);
			log.respond(MockResponse.json(200, "{\"audit_logs\":[" + rows + "]" + pagination + "}"));
			StepVerifier.create(this.client.streamAll())
				.thenConsumeWhile((entry) -> true)
				.expectError(TursoProtocolException.class)
				.verify(TursoServer.PATIENCE);
			assertThat(log.requests()).isLessThan(50);
		}
	}

	@Test
	void retryShouldNotRepeatEntries() {
		log.enqueue(MockResponse.page(), MockResponse.page(), MockResponse.status(503));
		assertThat(NumberedLog.numbers(read(this.client.streamAll()))).isEqualTo(NumberedLog.numbersDown(450, 1));
		assertThat(log.requests()).isEqualTo(5 + 1);
	}

	@Test
	void streamWhenPageFailsShouldNotSkipIt() {
		log.respondToPage(3, MockResponse.status(503));
		List<AuditLog> entries = new ArrayList<>();
		List<String> tokens = new ArrayList<>();
		StepVerifier
			.create(this.client.streamAll()
				.doOnNext(entries::add)
				.doOnError(TursoException.class, (ex) -> tokens.add(ex.resumeToken())))
			.thenConsumeWhile((entry) -> true)
			.expectError(TursoServerException.class)
			.verify(TursoServer.PATIENCE);
		log.respond(MockResponse.page());
		log.growBy(3);
		entries.addAll(read(this.client.streamAll(AuditLogQuery.builder().pageToken(tokens.get(0)).build())));
		assertThat(NumberedLog.numbers(entries)).isEqualTo(NumberedLog.numbersDown(450, 1));
	}

	private static List<AuditLog> read(Flux<AuditLog> stream) {
		List<AuditLog> entries = new ArrayList<>();
		StepVerifier.create(stream.doOnNext(entries::add))
			.thenConsumeWhile((entry) -> true)
			.expectComplete()
			.verify(TursoServer.PATIENCE);
		return entries;
	}

}
