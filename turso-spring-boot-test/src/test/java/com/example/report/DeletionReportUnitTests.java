package com.example.report;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * The guide's example of a test with a mock of the client.
 */
class DeletionReportUnitTests {

	@Test
	void lastShouldNameAuthorAndMessage() {
		AuditLogClient client = mock(AuditLogClient.class);
		AuditLog entry = AuditLog.builder().author("maya").message("Database orders deleted").build();
		given(client.streamAll(any(AuditLogQuery.class))).willReturn(Flux.just(entry));
		assertThat(new DeletionReport(client).last(1)).containsExactly("maya: Database orders deleted");
	}

}
