package io.github.tursospring.benchmarks.reader;

import java.util.function.Consumer;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;

/**
 * This library, as the starter configures it in an application.
 */
public final class LibraryReader implements Reader {

	private final AuditLogClient client;

	LibraryReader(AuditLogClient client) {
		this.client = client;
	}

	/**
	 * Return the client of an application that has the starter.
	 * @param baseUrl where the logs are
	 * @param concurrency requests at a time
	 * @param properties further properties of the application
	 * @return the client
	 */
	public static AuditLogClient client(String baseUrl, int concurrency, String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=warn", "turso.api-token=token",
					"turso.organization=acme", "turso.base-url=" + baseUrl,
					"turso.audit-logs.concurrency=" + concurrency)
			.properties(properties)
			.run()
			.getBean(AuditLogClient.class);
	}

	@Override
	public void read(Reading reading, Consumer<String> messages) {
		AuditLogQuery.Builder query = AuditLogQuery.builder().organization(reading.log()).pageSize(reading.pageSize());
		if (reading.from() != null && reading.to() != null) {
			query.startTime(reading.from()).endTime(reading.to());
		}
		this.client.streamAll(query.build())
			.doOnNext((entry) -> messages.accept(String.valueOf(entry.message())))
			.blockLast();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
