package io.github.tursospring.sample;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.sample.archive.Archive;
import io.github.tursospring.sample.archive.ArchiveStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application on a Turso API and a database that outlive it.
 */
public final class RunningConsole implements AutoCloseable {

	public static final Duration TIMEOUT = Duration.ofMinutes(2);

	private final ConfigurableApplicationContext context;

	private RunningConsole(ConfigurableApplicationContext context) {
		this.context = context;
	}

	public static RunningConsole start(MockTursoServer turso, Path directory, String... args) {
		return start(turso, "jdbc:sqlite:" + directory.resolve("audit-log.db"), directory, args);
	}

	public static RunningConsole start(MockTursoServer turso, String url, Path directory, String... args) {
		return new RunningConsole(application().run(args(turso, url, directory, args)));
	}

	/**
	 * Return the application with threads of its own, so that it can stop beside others.
	 */
	public static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(SampleApplication.class).initializers(
				(GenericApplicationContext context) -> context.registerBean(ReactorResourceFactory.class, () -> {
					ReactorResourceFactory resources = new ReactorResourceFactory();
					resources.setUseGlobalResources(false);
					return resources;
				}));
	}

	public static String[] args(MockTursoServer turso, String url, Path directory, String... args) {
		Map<String, String> all = new LinkedHashMap<>();
		Stream.concat(Stream.of("--server.port=0", "--turso.api-token=" + turso.token(),
				"--turso.organization=" + turso.organization(), "--turso.base-url=" + turso.baseUrl(),
				"--spring.datasource.url=" + url, "--console.evidence.key-file=" + directory.resolve("audit-log.key"),
				"--turso.audit-logs.follow.poll-interval=100ms"), Stream.of(args))
			.forEach((arg) -> all.put(arg.substring(0, arg.indexOf('=')), arg));
		return all.values().toArray(String[]::new);
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public String url() {
		return "http://127.0.0.1:" + this.context.getEnvironment().getProperty("local.server.port");
	}

	public WebClient web() {
		return WebClient.builder()
			.baseUrl(url())
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
			.build();
	}

	public JsonNode get(String uri) {
		return web().get().uri(uri).retrieve().bodyToMono(JsonNode.class).block(TIMEOUT);
	}

	public JdbcTemplate database() {
		return bean(JdbcTemplate.class);
	}

	public RunningConsole awaitArchived(long entries) {
		Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> {
			assertThat(bean(Archive.class).head()).isEqualTo(entries);
			assertThat(bean(ArchiveStatus.class).isCatchingUp("acme")).isFalse();
		});
		return this;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
