package com.example;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.test.autoconfigure.AutoConfigureMockTurso;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the application with the published test support.
 */
@SpringBootTest
@AutoConfigureMockTurso
class ConsumerTests {

	@Test
	void clientShouldReadFromTheMockServer(@Autowired MockTursoServer turso, @Autowired AuditLogClient client) {
		turso.log().addNumbered(3);
		assertThat(client.streamAll().collectList().block()).hasSize(3);
	}

}
