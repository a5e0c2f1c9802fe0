package io.github.tursospring.auditlog.internal.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.TursoProtocolException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for entries without a {@code created_at}: their place in the log cannot be told.
 */
class UndatedEntryTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@ParameterizedTest
	@CsvSource({ "DESC, 1, 1", "DESC, 4, 42", "ASC, 1, 60", "ASC, 4, 17" })
	void entriesWhenOneIsUndatedShouldBeRefusedByPageAndRow(Order order, int concurrency, int row) {
		List<AuditLog> rows = new ArrayList<>(ModelLog.still(60).rows());
		Collections.reverse(rows);
		rows.set(row - 1, AuditLog.builder().message("undated").build());
		AuditLogQuery query = AuditLogQuery.builder().order(order).build();
		StepVerifier.create(new LogReader(new ListSource(rows), "acme", query, 100).entries(concurrency))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(TursoProtocolException.class)
				.hasMessageContaining("row " + row + " of page 1 (of ")
				.hasMessageContaining("has no created_at"))
			.verify(LIMIT);
	}

}
