package io.github.tursospring.benchmarks.reader;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * This library, as the starter configures it in an application.
 */
public final class Library {

	private Library() {
	}

	/**
	 * Return the client of a new application that has the starter.
	 * @param baseUrl base URL of the server
	 * @param concurrency requests at a time
	 * @return the client
	 */
	public static AuditLogClient client(String baseUrl, int concurrency) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=warn", "turso.api-token=token",
					"turso.organization=acme", "turso.base-url=" + baseUrl,
					"turso.audit-logs.concurrency=" + concurrency)
			.run()
			.getBean(AuditLogClient.class);
	}

	/**
	 * Return a reader that streams.
	 * @param client the client
	 * @return the reader
	 */
	public static Reader reader(AuditLogClient client) {
		return (reading, messages) -> client.streamAll(query(reading))
			.doOnNext((entry) -> messages.accept(String.valueOf(entry.message())))
			.blockLast();
	}

	private static AuditLogQuery query(Reading reading) {
		AuditLogQuery.Builder query = AuditLogQuery.builder().organization(reading.log()).pageSize(reading.pageSize());
		return (reading.isWhole() ? query : query.startTime(reading.from()).endTime(reading.to())).build();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
