package io.github.tursospring.auditlog.internal;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogNotFoundException;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.InvalidPageTokenException;
import io.github.tursospring.auditlog.internal.http.AuditLogEndpoint;
import io.github.tursospring.auditlog.internal.http.TursoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultAuditLogClient}: what a caller got wrong is told by the
 * publisher, before any request.
 */
class DefaultAuditLogClientRefusalTests {

	@RegisterExtension
	static final NumberedLog log = new NumberedLog();

	private final AuditLogEndpoint endpoint = log.endpoint(TursoServer.NO_RETRIES);

	private final AuditLogClient client = Clients.of(this.endpoint);

	@BeforeEach
	void prepare() {
		log.reset(250);
	}

	@Test
	void readWhenNoOrganizationIsSetShouldFail() {
		AuditLogClient client = Clients.of(this.endpoint, null, 100, 1);
		AuditLogQuery query = AuditLogQuery.builder().code("db-create").build();
		List<Publisher<?>> reads = List.of(client.list(), client.list(query),
				client.list(AuditLogQuery.builder().page(1).build()), client.streamAll(), client.streamAll(query),
				client.streamPages(query), client.retrieve("1703065568-efff7e3e1aacad8d49544dba1e8523b4"));
		for (Publisher<?> read : reads) {
			assertRefused(read, "No organization", "turso.organization");
		}
	}

	@Test
	void streamWhenPageIsSetShouldFail() {
		AuditLogQuery query = AuditLogQuery.builder().page(1).build();
		assertRefused(this.client.streamAll(query), "page is not supported by streams", "pageToken");
		assertRefused(this.client.streamPages(query), "page is not supported by streams", "pageToken");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "x", "nonsense", "!!!", "AAAA", "3", "bmV4dCBwYWdl" })
	void readWhenTokenIsForgedShouldFail(String token) {
		AuditLogQuery query = AuditLogQuery.builder().pageToken(token).build();
		assertRefused(this.client.list(query), "page token");
		assertRefused(this.client.streamAll(query), "page token");
		assertRefused(this.client.streamPages(query), "page token");
	}

	@Test
	void readWhenTokenIsAlteredShouldFail() {
		String token = token(AuditLogQuery.all());
		char last = token.charAt(token.length() - 1);
		for (String altered : List.of(token.substring(1), token.substring(0, token.length() - 1), token + "A",
				token.substring(0, token.length() / 2),
				token.substring(0, token.length() - 1) + ((last == 'A') ? 'Q' : 'A'),
				token.substring(0, 20) + ((token.charAt(20) == 'A') ? 'B' : 'A') + token.substring(21))) {
			assertRefused(this.client.streamAll(AuditLogQuery.builder().pageToken(altered).build()), "page token");
		}
	}

	@Test
	void readWhenTokenIsOfAnotherOrganizationShouldFail() {
		String token = token(AuditLogQuery.all());
		assertRefused(this.client.streamAll(AuditLogQuery.builder().organization("other").pageToken(token).build()),
				"another organization");
	}

	@Test
	void readWhenTokenIsOfAnotherOrderShouldFail() {
		String token = token(AuditLogQuery.all());
		assertRefused(this.client.streamAll(AuditLogQuery.builder().order(Order.ASC).pageToken(token).build()),
				"another order");
	}

	@Test
	void readWhenTokenIsOfOtherFiltersShouldFail() {
		String token = token(AuditLogQuery.builder().code("db-create").build());
		List<AuditLogQuery.Builder> others = List.of(AuditLogQuery.builder(), AuditLogQuery.builder().code("db-delete"),
				AuditLogQuery.builder().code("db-create", "db-delete"),
				AuditLogQuery.builder().code("db-create").author("iku"), AuditLogQuery.builder().author("db-create"),
				AuditLogQuery.builder().code("db-create").endTime(Instant.EPOCH));
		for (AuditLogQuery.Builder other : others) {
			assertRefused(this.client.streamAll(other.pageToken(token).build()), "other filters");
		}
	}

	@Test
	void readWhenTokenIsInvalidShouldFailWithItsType() {
		String foreign = token(AuditLogQuery.all());
		for (AuditLogQuery query : List.of(AuditLogQuery.builder().pageToken("nonsense").build(),
				AuditLogQuery.builder().pageToken(foreign.substring(1)).build(),
				AuditLogQuery.builder().organization("other").pageToken(foreign).build())) {
			for (Publisher<?> read : List.<Publisher<?>>of(this.client.list(query), this.client.streamAll(query),
					this.client.streamPages(query), this.client.follow(query))) {
				StepVerifier.create(read).expectError(InvalidPageTokenException.class).verify(TursoServer.PATIENCE);
			}
		}
		assertThat(log.requests()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-acme", "acme/..", "acme corp", "{organization}" })
	void retrieveWhenOrganizationIsNotSlugShouldFail(String slug) {
		assertRefused(this.client.retrieve("1703065568-efff7e3e1aacad8d49544dba1e8523b4", slug), "slug", slug);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "1703065568", "1703065568-", "1703065568-efff7e3e", "01HJ3Z",
			"1703065568-EFFF7E3E1AACAD8D49544DBA1E8523B4", "1703065568-efff7e3e1aacad8d49544dba1e8523b4 ",
			"99999999999999999999-efff7e3e1aacad8d49544dba1e8523b4", "../../x" })
	void retrieveWhenIdIsMalformedShouldNotSendRequest(String id) {
		StepVerifier.create(this.client.retrieve(id))
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(AuditLogNotFoundException.class)
				.hasMessageContaining("'acme'")
				.hasMessageContaining("'" + id + "'"))
			.verify(TursoServer.PATIENCE);
		assertThat(log.requests()).isZero();
	}

	private String token(AuditLogQuery query) {
		AtomicReference<String> token = new AtomicReference<>();
		StepVerifier.create(this.client.list(query).mapNotNull(AuditLogPage::nextPageToken))
			.consumeNextWith(token::set)
			.expectComplete()
			.verify(TursoServer.PATIENCE);
		log.reset(250);
		return token.get();
	}

	private static void assertRefused(Publisher<?> read, String... words) {
		StepVerifier.create(read)
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words))
			.verify(TursoServer.PATIENCE);
		assertThat(log.requests()).isZero();
	}

}
