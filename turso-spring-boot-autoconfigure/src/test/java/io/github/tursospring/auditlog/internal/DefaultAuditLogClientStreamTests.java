package io.github.tursospring.auditlog.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
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
import io.github.tursospring.auditlog.internal.http.TursoServer;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultAuditLogClient}: streams, their errors, and how they go on.
 */
class DefaultAuditLogClientStreamTests {

	private static final NumberedLog log = new NumberedLog();

	@RegisterExtension
	static final TursoServer turso = new TursoServer(log);

	private final AuditLogClient client = Clients.of(turso.endpoint(TursoServer.NO_RETRIES));

	static Stream<ResponseDefinitionBuilder> failures() {
		return Stream.of(status(500), status(503), jsonResponse("{\"error\": \"expired\"}", 401), status(404),
				status(429), ok(), okJson("{}"), okJson("{\"audit_logs\": [{\"mess"),
				okForContentType("text/html", "<html>"), status(302).withHeader("Location", "/"),
				aResponse().withFault(Fault.EMPTY_RESPONSE), aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
				aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
	}

	@BeforeEach
	void prepare() {
		log.reset(450);
		turso.answers(NumberedLog.page());
	}

	@Test
	void aStreamIsTheWholeLogNewestFirstInAsFewRequestsAsItHasPages() {
		assertThat(numbers(this.client.streamAll())).isEqualTo(NumberedLog.numbersDown(450, 1));
		assertThat(log.requests()).isEqualTo(5);
	}

	@Test
	void everySubscriptionReadsAnew() {
		Flux<AuditLog> stream = this.client.streamAll();
		assertThat(log.requests()).isZero();
		assertThat(numbers(stream)).hasSize(450);
		log.reset(460);
		assertThat(numbers(stream)).isEqualTo(NumberedLog.numbersDown(460, 1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 99, 100, 101, 200 })
	void aLogOfAnyLengthIsReadToItsEnd(int rows) {
		log.reset(rows);
		assertThat(numbers(this.client.streamAll())).isEqualTo(NumberedLog.numbersDown(rows, 1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 4 })
	void severalRequestsAtATimeReadTheSame(int concurrency) {
		AuditLogClient wide = Clients.of(turso.endpoint(TursoServer.NO_RETRIES), "acme", 40, concurrency);
		assertThat(numbers(wide.streamAll())).isEqualTo(NumberedLog.numbersDown(450, 1));
		List<Integer> oldestFirst = numbers(wide.streamAll(AuditLogQuery.builder().order(Order.ASC).build()));
		assertThat(oldestFirst).isSorted().hasSize(450).doesNotHaveDuplicates();
	}

	@Test
	void aFilteredStreamHoldsWhatMatches() {
		assertThat(numbers(this.client.streamAll(AuditLogQuery.builder().code("db-delete").build()))).hasSize(45)
			.allMatch((number) -> number % 10 == 0);
	}

	@Test
	void pagesHoldTheSameEntriesAndEachTheTokenToGoOnAfterIt() {
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
	void anErrorComesAfterEverythingBeforeItAndTellsHowToGoOn(ResponseDefinitionBuilder failure) {
		StubMapping failing = turso
			.stubFor(TursoServer.request().withQueryParam("page", equalTo("3")).atPriority(1).willReturn(failure));
		List<AuditLog> before = new ArrayList<>();
		TursoException error = readUntilError(this.client.streamAll(), before);
		assertThat(NumberedLog.numbers(before)).isEqualTo(NumberedLog.numbersDown(450, 251));
		assertThat(error).hasMessageContaining("'acme'");
		turso.removeStubMapping(failing);
		assertThat(numbers(this.client.streamAll(goingOnAt(error.resumeToken()))))
			.isEqualTo(NumberedLog.numbersDown(250, 1));
	}

	@Test
	void anErrorOfAStreamThatWentOnGoesOnToo() {
		turso.stubFor(TursoServer.request().withQueryParam("page", equalTo("2")).atPriority(1).willReturn(status(500)));
		List<AuditLog> before = new ArrayList<>();
		TursoException first = readUntilError(this.client.streamAll(), before);
		TursoException second = readUntilError(this.client.streamAll(goingOnAt(first.resumeToken())), before);
		assertThat(NumberedLog.numbers(before)).isEqualTo(NumberedLog.numbersDown(450, 351));
		turso.resetAll();
		turso.answers(NumberedLog.page());
		assertThat(second.resumeToken()).isNotNull();
		assertThat(numbers(this.client.streamAll(goingOnAt(second.resumeToken()))))
			.isEqualTo(NumberedLog.numbersDown(350, 1));
	}

	@Test
	void anErrorOfTheFirstPageHasNothingToGoOnFrom() {
		turso.answers(status(401));
		StepVerifier.create(this.client.streamAll()).expectErrorSatisfies((ex) -> {
			assertThat(ex).isExactlyInstanceOf(TursoAuthenticationException.class);
			assertThat(((TursoException) ex).resumeToken()).isNull();
			assertThat(ex.getMessage()).doesNotContain("resumeToken");
		}).verify(TursoServer.PATIENCE);
	}

	@Test
	void anErrorOfPagesComesAfterThePagesBeforeIt() {
		turso.stubFor(TursoServer.request().withQueryParam("page", equalTo("3")).atPriority(1).willReturn(status(500)));
		StepVerifier.create(this.client.streamPages(AuditLogQuery.all()))
			.expectNextCount(2)
			.expectErrorSatisfies((ex) -> assertThat(((TursoException) ex).resumeToken()).isNotNull())
			.verify(TursoServer.PATIENCE);
	}

	@Test
	void anErrorOfAListIsRaised() {
		turso.answers(status(401));
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
