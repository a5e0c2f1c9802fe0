package com.example;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.sun.net.httpserver.HttpServer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;

/**
 * Reads a log of one entry, and says so.
 */
@SpringBootApplication
public class Consumer {

	public static void main(String[] args) throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/v1/organizations/acme/audit-logs", (exchange) -> {
			byte[] page = """
					{"audit_logs": [{"code": "db-delete", "created_at": "2026-01-01T00:00:00Z"}],
					 "pagination": {"page": 1, "page_size": 100, "total_pages": 1, "total_rows": 1}}"""
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, page.length);
			try (exchange) {
				exchange.getResponseBody().write(page);
			}
		});
		server.start();
		try (ConfigurableApplicationContext context = SpringApplication.run(Consumer.class, "--turso.api-token=token",
				"--turso.organization=acme", "--turso.base-url=http://localhost:" + server.getAddress().getPort())) {
			List<AuditLog> entries = context.getBean(AuditLogClient.class).streamAll().collectList().block();
			System.out.println("Read " + entries.size() + " entry of " + entries.get(0).code() + " on Spring Boot "
					+ SpringBootVersion.getVersion() + ", Java " + Runtime.version().feature());
		}
		finally {
			server.stop(0);
		}
	}

}
