package io.github.tursospring.autoconfigure.observation;

import java.util.List;
import java.util.stream.StreamSupport;

import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.internal.NumberedLog;
import io.github.tursospring.auditlog.internal.http.TursoServer;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the trace of a client that reads over HTTP.
 */
class TracedClientTests {

	@RegisterExtension
	static final NumberedLog log = new NumberedLog();

	private final SimpleTracer tracer = new SimpleTracer();

	@Test
	void spanOfPageShouldBeChildOfStream() {
		log.reset(250);
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig()
			.observationHandler(new FirstMatchingCompositeObservationHandler(
					new PropagatingSenderTracingObservationHandler<>(this.tracer, Propagator.NOOP),
					new DefaultTracingObservationHandler(this.tracer)));
		new ApplicationContextRunner().withBean(ObservationRegistry.class, () -> registry)
			.withConfiguration(
					AutoConfigurations.of(TursoAutoConfiguration.class, TursoObservationAutoConfiguration.class,
							ObservationAutoConfiguration.class, WebClientAutoConfiguration.class,
							WebClientObservationAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class))
			.withPropertyValues("turso.api-token=" + TursoServer.TOKEN, "turso.organization=acme",
					"turso.base-url=" + log.baseUrl())
			.run((context) -> context.getBean(AuditLogClient.class).streamAll().blockLast(TursoServer.PATIENCE));
		List<SimpleSpan> spans = StreamSupport.stream(this.tracer.getSpans().spliterator(), false).toList();
		SimpleSpan stream = spans.stream()
			.filter((span) -> "turso audit-logs stream-all".equals(span.getName()))
			.findFirst()
			.orElseThrow();
		assertThat(stream.getTags()).containsEntry("turso.audit-logs.entries", "250")
			.containsEntry("turso.audit-logs.pages", "3")
			.containsEntry("outcome", "SUCCESS");
		assertThat(spans.stream().filter((span) -> span != stream)).hasSize(3)
			.allSatisfy((page) -> assertThat(page.getParentId()).isEqualTo(stream.getSpanId()))
			.allSatisfy((page) -> assertThat(page.getTraceId()).isEqualTo(stream.getTraceId()))
			.allSatisfy((page) -> assertThat(page.getName()).isEqualTo("http get"));
		assertThat(spans).allSatisfy((span) -> assertThat(span.toString()).doesNotContain(TursoServer.TOKEN));
	}

}
