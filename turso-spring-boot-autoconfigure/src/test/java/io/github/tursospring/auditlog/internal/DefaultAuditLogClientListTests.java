package io.github.tursospring.auditlog.internal;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogPage.Pagination;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.internal.http.TursoServer;
import io.github.tursospring.mock.MockResponse;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultAuditLogClient}: lists, over HTTP.
 */
class DefaultAuditLogClientListTests {

	@RegisterExtension
	static final NumberedLog log = new NumberedLog();

	private final AuditLogClient client = Clients.of(log.endpoint(TursoServer.NO_RETRIES));

	@BeforeEach
	void prepare() {
		log.reset(250);
	}

	@Test
	void listOfNumberedPageShouldSendOneRequestAndHavePagination() {
		AuditLogPage page = read(this.client.list(AuditLogQuery.builder().page(2).pageSize(40).build()));
		assertThat(NumberedLog.numbers(page.auditLogs())).isEqualTo(NumberedLog.numbersDown(210, 171));
		assertThat(page.pagination()).isEqualTo(new Pagination(2, 40, 7, 250));
		assertThat(page.hasMore()).isTrue();
		assertThat(page.nextPageToken()).isNull();
		assertThat(log.requested()).containsExactly("/v1/organizations/acme/audit-logs?page=2&page_size=40");
	}

	@Test
	void listOfNumberedPageShouldUseDefaultPageSize() {
		assertThat(read(this.client.list(AuditLogQuery.builder().page(1).build())).auditLogs()).hasSize(100);
		assertThat(log.requested()).containsExactly("/v1/organizations/acme/audit-logs?page=1&page_size=100");
	}

	@Test
	void listOfNumberedPageShouldUseOrganizationOfQuery() {
		read(this.client.list(AuditLogQuery.builder().page(1).organization("other").build()));
		assertThat(log.requested()).containsExactly("/v1/organizations/other/audit-logs?page=1&page_size=100");
	}

	@ParameterizedTest
	@CsvSource({ "1, 100, true", "2, 50, true", "2, 100, true", "3, 100, false", "5, 50, false", "6, 50, false" })
	void hasMoreShouldBeTrueIfNumberedPagesFollow(int number, int pageSize, boolean hasMore) {
		AuditLogQuery query = AuditLogQuery.builder().page(number).pageSize(pageSize).build();
		assertThat(read(this.client.list(query)).hasMore()).isEqualTo(hasMore);
	}

	@Test
	void paginationWhenServerClampsPageSizeShouldBeThatOfServer() {
		log.log().maxPageSize(30);
		AuditLogPage page = read(this.client.list(AuditLogQuery.builder().page(2).pageSize(100).build()));
		assertThat(NumberedLog.numbers(page.auditLogs())).isEqualTo(NumberedLog.numbersDown(220, 191));
		assertThat(page.pagination()).isEqualTo(new Pagination(2, 30, 9, 250));
		assertThat(page.hasMore()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			{'page':2,'page_size':2,'total_pages':3,'total_rows':6} | 2 | 2 | 3  | 6  | true
			{'page':3,'page_size':2,'total_pages':3,'total_rows':6} | 3 | 2 | 3  | 6  | false
			{'total_pages':2}                                       | 2 | 2 | 2  | -1 | false
			{'total_pages':3}                                       | 2 | 2 | 3  | -1 | true
			{'total_rows':4}                                        | 2 | 2 | -1 | 4  | false
			{'total_rows':5}                                        | 2 | 2 | -1 | 5  | true
			{'page':2}                                              | 2 | 2 | -1 | -1 | true
			""")
	void paginationWhenIncompleteShouldHaveDefaults(String pagination, int page, int pageSize, int totalPages,
			long totalRows, boolean hasMore) {
		String body = "{'audit_logs':[{},{}],'pagination':%s}".formatted(pagination);
		log.respond(MockResponse.json(200, body.replace('\'', '"')));
		AuditLogPage answer = read(this.client.list(AuditLogQuery.builder().page(2).pageSize(2).build()));
		assertThat(answer.pagination()).isEqualTo(new Pagination(page, pageSize, totalPages, totalRows));
		assertThat(answer.hasMore()).isEqualTo(hasMore);
	}

	@Test
	void listWhenNumberedPageHasMoreRowsThanAskedForShouldReturnAllOfThem() {
		log.respond(MockResponse.json(200, "{\"audit_logs\":[{},{},{}]}"));
		AuditLogPage answer = read(this.client.list(AuditLogQuery.builder().page(1).pageSize(2).build()));
		assertThat(answer.auditLogs()).hasSize(3);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			{'audit_logs':[{},{}]}                   | true
			{'audit_logs':[{},{}],'pagination':null} | true
			{'audit_logs':[{}],'pagination':{}}      | false
			{'audit_logs':[]}                        | false
			""")
	void paginationWhenServerSendsNoneShouldBeNull(String body, boolean hasMore) {
		log.respond(MockResponse.json(200, body.replace('\'', '"')));
		AuditLogPage answer = read(this.client.list(AuditLogQuery.builder().page(1).pageSize(2).build()));
		assertThat(answer.pagination()).isNull();
		assertThat(answer.hasMore()).isEqualTo(hasMore);
	}

	@Test
	void listShouldReturnNewestEntriesInOneRequest() {
		AuditLogPage page = read(this.client.list());
		assertThat(NumberedLog.numbers(page.auditLogs())).isEqualTo(NumberedLog.numbersDown(250, 151));
		assertThat(page.hasMore()).isTrue();
		assertThat(page.nextPageToken()).isNotBlank();
		assertThat(page.pagination()).isNull();
		assertThat(log.requests()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "DESC, 100", "DESC, 33", "DESC, 250", "DESC, 1000", "ASC, 100", "ASC, 33", "ASC, 250" })
	void listWithTokenShouldReturnNextPage(Order order, int pageSize) {
		List<Integer> numbers = new ArrayList<>();
		String token = null;
		do {
			AuditLogPage page = read(
					this.client.list(AuditLogQuery.builder().order(order).pageSize(pageSize).pageToken(token).build()));
			// A log whose last page is full ends with an empty one
			assertThat(page.auditLogs()).hasSizeBetween(page.hasMore() ? 1 : 0, pageSize);
			assertThat(page.hasMore()).isEqualTo(page.nextPageToken() != null);
			numbers.addAll(NumberedLog.numbers(page.auditLogs()));
			token = page.nextPageToken();
		}
		while (token != null);
		List<Integer> newestFirst = new ArrayList<>(numbers);
		newestFirst.sort((one, other) -> other - one);
		assertThat(newestFirst).isEqualTo(NumberedLog.numbersDown(250, 1));
		assertThat(numbers).isSortedAccordingTo(
				(one, other) -> (order == Order.ASC) ? Integer.compare(one, other) : Integer.compare(other, one));
	}

	@Test
	void listWithFilterShouldFillPage() {
		AuditLogPage page = read(this.client.list(AuditLogQuery.builder().code("db-delete").pageSize(20).build()));
		assertThat(NumberedLog.numbers(page.auditLogs())).hasSize(20).startsWith(250, 240, 230).endsWith(60);
		assertThat(page.hasMore()).isTrue();
		AuditLogPage next = read(this.client
			.list(AuditLogQuery.builder().code("db-delete").pageSize(20).pageToken(page.nextPageToken()).build()));
		assertThat(NumberedLog.numbers(next.auditLogs())).containsExactly(50, 40, 30, 20, 10);
		assertThat(next.hasMore()).isFalse();
		assertThat(next.nextPageToken()).isNull();
	}

	@Test
	void listOfTimeRangeShouldReturnItsEntries() {
		AuditLogPage page = read(this.client
			.list(AuditLogQuery.builder().startTime(NumberedLog.time(101)).endTime(NumberedLog.time(131)).build()));
		assertThat(NumberedLog.numbers(page.auditLogs())).isEqualTo(NumberedLog.numbersDown(130, 101));
		assertThat(page.hasMore()).isFalse();
	}

	@Test
	void listWhenLogIsEmptyShouldReturnEmptyPage() {
		log.reset(0);
		assertThat(read(this.client.list())).isEqualTo(new AuditLogPage(List.of(), null, false, null));
		assertThat(read(this.client.list(AuditLogQuery.builder().page(1).build())))
			.isEqualTo(new AuditLogPage(List.of(), null, false, new Pagination(1, 100, 0, 0)));
	}

	@Test
	void listShouldRequestNothingBeforeSubscription() {
		Mono<AuditLogPage> list = this.client.list();
		Mono<AuditLogPage> numbered = this.client.list(AuditLogQuery.builder().page(1).build());
		assertThat(log.requests()).isZero();
		read(list);
		read(list);
		read(numbered);
		assertThat(log.requests()).isEqualTo(3);
	}

	private static AuditLogPage read(Mono<AuditLogPage> list) {
		List<AuditLogPage> pages = new ArrayList<>();
		StepVerifier.create(list).consumeNextWith(pages::add).expectComplete().verify(TursoServer.PATIENCE);
		return pages.get(0);
	}

}
