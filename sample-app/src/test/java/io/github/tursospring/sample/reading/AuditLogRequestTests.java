package io.github.tursospring.sample.reading;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AuditLogRequest}.
 */
class AuditLogRequestTests {

	@Test
	void withoutParametersEverythingIsRead() {
		assertThat(AuditLogRequest.of(parameters("")))
			.isEqualTo(new AuditLogRequest(AuditLogQuery.all(), Set.of(), null, null));
	}

	@Test
	void everyParameterIsRead() {
		assertThat(AuditLogRequest.of(parameters(
				"code=db-create&code=db-delete&author=iku&author=maya&origin=cli&order=asc&limit=10&kind=created&kind=destructive&q=Orders"
						+ "&startTime=2026-01-01T00:00:00Z&endTime=2026-02-01T00:00:00Z")))
			.isEqualTo(new AuditLogRequest(AuditLogQuery.builder()
				.code("db-create", "db-delete")
				.author("iku", "maya")
				.origin("cli")
				.order(AuditLogQuery.Order.ASC)
				.startTime(Instant.parse("2026-01-01T00:00:00Z"))
				.endTime(Instant.parse("2026-02-01T00:00:00Z"))
				.build(), Set.of(ActionKind.CREATED, ActionKind.DESTRUCTIVE), "Orders", 10L));
	}

	@Test
	void emptyParametersAreAbsent() {
		assertThat(AuditLogRequest.of(parameters("code=&code=db-create&author=&startTime=&order=&limit=&kind=&q=")))
			.isEqualTo(new AuditLogRequest(AuditLogQuery.builder().code("db-create").build(), Set.of(), null, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			codes=db-create         | There is no parameter 'codes'. Those that there are: [author, code, endTime,
			startTime=yesterday     | startTime must be a time like 2026-01-31T00:00:00Z, not 'yesterday'
			endTime=2026-01-31      | endTime must be a time like 2026-01-31T00:00:00Z, not '2026-01-31'
			order=newest            | order must be asc or desc, not 'newest'
			order=asc&order=desc    | order must be asc or desc, not 'asc' and 'desc'
			kind=bad                | kind must be one of [access, members, destructive, created, other], not 'bad'
			q=one&q=two             | q must be one text, not 'one' and 'two'
			limit=0                 | limit must be a whole number, 1 or more, not '0'
			limit=many              | limit must be a whole number, 1 or more, not 'many'
			startTime=2026-02-01T00:00:00Z&endTime=2026-01-01T00:00:00Z | startTime must not be after endTime
			""")
	void whatIsWrongIsSaid(String query, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> AuditLogRequest.of(parameters(query)))
			.withMessageStartingWith(message);
	}

	@ParameterizedTest
	@CsvSource({ "q=ORDERS, true", "q=iku, true", "q=Nested, true", "q=deep, true", "q=42, true", "q=absent, false",
			"kind=destructive, true", "kind=created, false", "kind=created&kind=destructive, true",
			"kind=destructive&q=absent, false" })
	void textAndKindAreLookedFor(String query, boolean matches) {
		AuditLog entry = AuditLog.builder()
			.code("db-delete")
			.message("Database orders deleted")
			.author("Iku")
			.data(Map.of("nested", List.of(Map.of("key", "Deep", "number", 42))))
			.build();
		assertThat(AuditLogRequest.of(parameters(query)).filter().test(entry)).isEqualTo(matches);
	}

	private static MultiValueMap<String, String> parameters(String query) {
		return UriComponentsBuilder.newInstance().query(query).build().getQueryParams();
	}

}
