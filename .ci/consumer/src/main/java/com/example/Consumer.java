package com.example;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockTursoServer;

/**
 * Reads a log of one entry, and reports it.
 */
@SpringBootApplication
public class Consumer {

	public static void main(String[] args) {
		try (MockTursoServer turso = MockTursoServer.start()) {
			turso.log().add(MockEntry.of("db-delete"));
			try (ConfigurableApplicationContext context = SpringApplication.run(Consumer.class,
					"--turso.api-token=" + turso.token(), "--turso.organization=" + turso.organization(),
					"--turso.base-url=" + turso.baseUrl())) {
				List<AuditLog> entries = context.getBean(AuditLogClient.class).streamAll().collectList().block();
				System.out.println("Read " + entries.size() + " entry of " + entries.get(0).code() + " on Spring Boot "
						+ SpringBootVersion.getVersion() + ", Java " + Runtime.version().feature());
			}
		}
	}

}
