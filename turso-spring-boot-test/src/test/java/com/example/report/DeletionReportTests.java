package com.example.report;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockResponse;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.test.autoconfigure.AutoConfigureMockTurso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The guide's example of an application's test.
 */
@SpringBootTest
@AutoConfigureMockTurso
class DeletionReportTests {

	@Autowired
	MockTursoServer turso;

	@Autowired
	DeletionReport report;

	@Test
	void lastShouldNameAuthorAndMessage() {
		this.turso.log()
			.add(MockEntry.of("db-create").author("iku").message("Database orders created"),
					MockEntry.of("db-delete").author("maya").message("Database orders deleted"));
		assertThat(this.report.last(10)).containsExactly("maya: Database orders deleted");
	}

	@Test
	void lastWhenTursoFailsShouldTryAgain() {
		this.turso.log().addNumbered(10);
		this.turso.enqueue(MockResponse.status(503).header("Retry-After", "0"), MockResponse.reset(),
				MockResponse.page().cutAfter(100));
		assertThat(this.report.last(1)).containsExactly("iku: 10");
		assertThat(this.turso.requests()).hasSize(4)
			.allSatisfy((request) -> assertThat(request.parameter("page")).isEqualTo("1"));
	}

	@Test
	void lastWhenPlanHasNoAuditLogsShouldFail() {
		this.turso.log().planWithoutAuditLogs();
		assertThatExceptionOfType(TursoException.class).isThrownBy(() -> this.report.last(1));
		assertThat(this.turso.requests()).hasSize(1);
	}

}
