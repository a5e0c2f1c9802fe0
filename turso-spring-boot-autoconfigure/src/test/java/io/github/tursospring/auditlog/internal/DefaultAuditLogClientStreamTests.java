package io.github.tursospring.auditlog.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.TursoAuthenticationException;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoNotFoundException;
import io.github.tursospring.auditlog.internal.http.TursoServer;
import io.github.tursospring.mock.MockResponse;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultAuditLogClient}: streams, their errors, and how they go on.
 */
class DefaultAuditLogClientStreamTests {

	@RegisterExtension
	static final NumberedLog log = new NumberedLog();

	private final AuditLogClient client = Clients.of(log.endpoint(TursoServer.NO_RETRIES));

	static Stream<MockResponse> failures() {
		return Stream.of(MockResponse.status(500), MockResponse.status(503), MockResponse.error(401, "expired", null),
				MockResponse.status(429), MockResponse.json(200, ""), MockResponse.json(200, "{}"),
				MockResponse.json(200, "{\"audit_logs\": [{\"mess"), MockResponse.html(200),
				MockResponse.status(302).header("Location", "/"), MockResponse.reset(),
				MockResponse.page().cutAfter(100), MockResponse.page().resetAfter(100));
	}

	@BeforeEach
	void prepare() {
		log.reset(450);
	}

	@Test
	void streamShouldReadWholeLogInFewestRequests() {
		assertThat(numbers(this.client.streamAll())).isEqualTo(NumberedLog.numbersDown(450, 1));
		assertThat(log.requests()).isEqualTo(5);
	}

	@Test
	void subscribeAgainShouldReadAgain() {
		Flux<AuditLog> stream = this.client.streamAll();
		assertThat(log.requests()).isZero();
		assertThat(numbers(stream)).hasSize(450);
		log.reset(460);
		assertThat(numbers(stream)).isEqualTo(NumberedLog.numbersDown(460, 1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 99, 100, 101, 200 })
	void streamShouldReadLogOfAnyLength(int rows) {
		log.reset(rows);
		assertThat(numbers(this.client.streamAll())).isEqualTo(NumberedLog.numbersDown(rows, 1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4 })
	void streamWhenConcurrentShouldReadSameEntries(int concurrency) {
		AuditLogClient wide = Clients.of(log.endpoint(TursoServer.NO_RETRIES), "acme", 40, concurrency);
		assertThat(numbers(wide.streamAll())).isEqualTo(NumberedLog.numbersDown(450, 1));
		List<Integer> oldestFirst = numbers(wide.streamAll(AuditLogQuery.builder().order(Order.ASC).build()));
		assertThat(oldestFirst).isSorted().hasSize(450).doesNotHaveDuplicates();
	}

	@Test
	void streamWithFilterShouldEmitMatchingEntries() {
		assertThat(numbers(this.client.streamAll(AuditLogQuery.builder().code("db-delete").build()))).hasSize(45)
			.allMatch((number) -> number % 10 == 0);
	}

	@Test
	void streamPagesShouldEmitSameEntriesWithTokens() {
		List<AuditLogPage> pages = new ArrayList<>();
		StepVerifier.create(this.client.streamPages(AuditLogQuery.all()))
			.recordWith(() -> pages)
			.thenConsumeWhile((page) -> true)
			.expectComplete()
			.verify(TursoServer.PATIENCE);
		assertThat(pages).hasSize(5).allSatisfy((page) -> {
			assertThat(page.auditLogs()).hasSizeBetween(1, 100);
			assertThat(page.pagination()).isNull();
		});
		assertThat(pages).extracting(AuditLogPage::hasMore).containsExactly(true, true, true, true, false);
		int left = 450;
		for (AuditLogPage page : pages) {
			assertThat(NumberedLog.numbers(page.auditLogs()))
				.isEqualTo(NumberedLog.numbersDown(left, left - page.auditLogs().size() + 1));
			left -= page.auditLogs().size();
			assertThat(numbers(this.client.streamAll(goingOnAt(page.nextPageToken()))))
				.isEqualTo(NumberedLog.numbersDown(left, 1));
		}
		assertThat(left).isZero();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void streamWhenPageFailsShouldEmitEntriesBeforeAndResumeToken(MockResponse failure) {
		log.respondToPage(3, failure);
		List<AuditLog> before = new ArrayList<>();
		TursoException error = readUntilError(this.client.streamAll(), before);
		log.respond(MockResponse.page());
		assertThat(NumberedLog.numbers(before)).isEqualTo(NumberedLog.numbersDown(450, 251));
		assertThat(error).hasMessageContaining("'acme'");
		assertThat(numbers(this.client.streamAll(goingOnAt(error.resumeToken()))))
			.isEqualTo(NumberedLog.numbersDown(250, 1));
	}

	@Test
	void streamWhenAPageBeforeTheEndIsNotFoundShouldLookAtTheHeadAgain() {
		log.enqueue(MockResponse.page(), MockResponse.page(), MockResponse.status(404));
		assertThat(numbers(this.client.streamAll())).isEqualTo(NumberedLog.numbersDown(450, 1));
	}

	@Test
	void streamWhenTheLogIsNotFoundAnyMoreShouldFail() {
		log.enqueue(MockResponse.page(), MockResponse.page());
		log.respond(MockResponse.status(404));
		List<AuditLog> before = new ArrayList<>();
		assertThat(readUntilError(this.client.streamAll(), before)).isInstanceOf(TursoNotFoundException.class);
		assertThat(NumberedLog.numbers(before)).isEqualTo(NumberedLog.numbersDown(450, 251));
	}

	@Test
	void streamWhenResumedAndFailsAgainShouldResumeAgain() {
		log.respondToPage(2, MockResponse.status(500));
		List<AuditLog> before = new ArrayList<>();
		TursoException first = readUntilError(this.client.streamAll(), before);
		TursoException second = readUntilError(this.client.streamAll(goingOnAt(first.resumeToken())), before);
		assertThat(NumberedLog.numbers(before)).isEqualTo(NumberedLog.numbersDown(450, 351));
		log.respond(MockResponse.page());
		assertThat(second.resumeToken()).isNotNull();
		assertThat(numbers(this.client.streamAll(goingOnAt(second.resumeToken()))))
			.isEqualTo(NumberedLog.numbersDown(350, 1));
	}

	@Test
	void streamWhenFirstPageFailsShouldHaveNoResumeToken() {
		log.respond(MockResponse.status(401));
		StepVerifier.create(this.client.streamAll()).expectErrorSatisfies((ex) -> {
			assertThat(ex).isExactlyInstanceOf(TursoAuthenticationException.class);
			assertThat(((TursoException) ex).resumeToken()).isNull();
			assertThat(ex.getMessage()).doesNotContain("resumeToken");
		}).verify(TursoServer.PATIENCE);
	}

	@Test
	void streamPagesWhenPageFailsShouldEmitPagesBefore() {
		log.respondToPage(3, MockResponse.status(500));
		StepVerifier.create(this.client.streamPages(AuditLogQuery.all()))
			.expectNextCount(2)
			.expectErrorSatisfies((ex) -> assertThat(((TursoException) ex).resumeToken()).isNotNull())
			.verify(TursoServer.PATIENCE);
	}

	@Test
	void listWhenPageFailsShouldFail() {
		log.respond(MockResponse.status(401));
		StepVerifier.create(this.client.list())
			.expectError(TursoAuthenticationException.class)
			.verify(TursoServer.PATIENCE);
		StepVerifier.create(this.client.list(AuditLogQuery.builder().page(1).build()))
			.expectError(TursoAuthenticationException.class)
			.verify(TursoServer.PATIENCE);
	}

	private static AuditLogQuery goingOnAt(String token) {
		return AuditLogQuery.builder().pageToken(token).build();
	}

	private static TursoException readUntilError(Flux<AuditLog> stream, List<AuditLog> entries) {
		List<Throwable> errors = new ArrayList<>();
		StepVerifier.create(stream.doOnNext(entries::add).doOnError(errors::add))
			.thenConsumeWhile((entry) -> true)
			.expectError(TursoException.class)
			.verify(TursoServer.PATIENCE);
		return (TursoException) errors.get(0);
	}

	private static List<Integer> numbers(Flux<AuditLog> stream) {
		List<AuditLog> entries = new ArrayList<>();
		StepVerifier.create(stream.doOnNext(entries::add))
			.thenConsumeWhile((entry) -> true)
			.expectComplete()
			.verify(TursoServer.PATIENCE);
		return NumberedLog.numbers(entries);
	}

}
