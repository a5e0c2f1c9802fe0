package io.github.tursospring.autoconfigure.observation;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.TursoAuthenticationException;
import io.github.tursospring.auditlog.internal.NumberedLog;
import io.github.tursospring.auditlog.internal.http.TursoServer;
import io.github.tursospring.auditlog.observation.AuditLogStreamObservationContext;
import io.github.tursospring.auditlog.observation.AuditLogStreamObservationConvention;
import io.github.tursospring.auditlog.observation.DefaultAuditLogStreamObservationConvention;
import io.github.tursospring.autoconfigure.TursoAutoConfiguration;
import io.github.tursospring.mock.MockResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is observed of a client that reads over HTTP.
 */
class ObservedClientTests {

	private static final String STREAM = "turso.audit-logs.stream";

	private static final String REQUEST = "http.client.requests";

	@RegisterExtension
	static final NumberedLog log = new NumberedLog();

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final ObservationRecorder observed = new ObservationRecorder();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withBean(TestObservationRegistry.class, () -> this.registry)
		.withConfiguration(AutoConfigurations.of(TursoAutoConfiguration.class, TursoObservationAutoConfiguration.class,
				ObservationAutoConfiguration.class, WebClientAutoConfiguration.class,
				WebClientObservationAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class));

	@BeforeEach
	void prepare() {
		this.registry.observationConfig().observationHandler(this.observed);
		log.reset(250);
	}

	@Test
	void streamShouldBeObservedWithRequestsAsChildren() {
		run((client) -> assertThat(client.streamAll().collectList().block(TursoServer.PATIENCE)).hasSize(250));
		AuditLogStreamObservationContext stream = streams().get(0);
		assertThat(stream.getLowCardinalityKeyValues()).containsExactlyInAnyOrder(
				KeyValue.of("operation", "stream-all"), KeyValue.of("order", "desc"),
				KeyValue.of("outcome", "SUCCESS"));
		assertThat(stream.getHighCardinalityKeyValues()).containsExactlyInAnyOrder(
				KeyValue.of("turso.audit-logs.entries", "250"), KeyValue.of("turso.audit-logs.pages", "3"));
		assertThat(stream.getContextualName()).isEqualTo("turso audit-logs stream-all");
		assertThat(this.observed.timesStopped(stream)).isEqualTo(1);
		assertThat(this.observed.named(REQUEST)).hasSize(3)
			.allSatisfy((request) -> assertThat(ObservationRecorder.parentOf(request)).isSameAs(stream));
	}

	@Test
	void requestShouldHaveUriTemplate() {
		run((client) -> client.streamAll().blockLast(TursoServer.PATIENCE));
		assertThat(this.observed.named(REQUEST)).hasSize(3)
			.allSatisfy((request) -> assertThat(request.getLowCardinalityKeyValue("uri").getValue())
				.isEqualTo("/v1/organizations/{organization}/audit-logs?page={page}&page_size={pageSize}"));
	}

	@ParameterizedTest
	@CsvSource({ "stream-pages, asc", "stream-pages, desc", "list, asc", "list, desc", "list-numbered, desc",
			"retrieve, desc", "retrieve-default, desc" })
	void operationsShouldBeObserved(String operation, String order) {
		AuditLogQuery query = AuditLogQuery.builder().order(Order.valueOf(order.toUpperCase(Locale.ROOT))).build();
		run((client) -> {
			String id = client.streamAll().take(1).map(AuditLog::id).blockLast(TursoServer.PATIENCE);
			this.observed.clear();
			switch (operation) {
				case "stream-pages" -> client.streamPages(query).blockLast(TursoServer.PATIENCE);
				case "list" -> client.list(query).block(TursoServer.PATIENCE);
				case "list-numbered" ->
					client.list(AuditLogQuery.builder().page(1).build()).block(TursoServer.PATIENCE);
				case "retrieve" -> client.retrieve(id, "acme").block(TursoServer.PATIENCE);
				default -> client.retrieve(id).block(TursoServer.PATIENCE);
			}
		});
		assertThat(streams()).singleElement()
			.satisfies((stream) -> assertThat(stream.getLowCardinalityKeyValues()).containsExactlyInAnyOrder(
					KeyValue.of("operation", operation.replaceAll("-(numbered|default)", "")),
					KeyValue.of("order", order), KeyValue.of("outcome", "SUCCESS")));
		assertThat(this.observed.named(REQUEST)).isNotEmpty()
			.allSatisfy((request) -> assertThat(ObservationRecorder.parentOf(request)).isSameAs(streams().get(0)));
	}

	@Test
	void failureShouldBeObserved() {
		log.respond(MockResponse.error(401, "expired", null));
		run((client) -> StepVerifier.create(client.streamAll())
			.expectError(TursoAuthenticationException.class)
			.verify(TursoServer.PATIENCE));
		assertThat(streams()).singleElement().satisfies((stream) -> {
			assertThat(stream.getLowCardinalityKeyValue("outcome").getValue()).isEqualTo("ERROR");
			assertThat(stream.getError()).isInstanceOf(TursoAuthenticationException.class);
			assertThat(this.observed.timesStopped(stream)).isEqualTo(1);
		});
	}

	@Test
	void cancelShouldBeObserved() {
		run((client) -> client.streamAll().take(5).blockLast(TursoServer.PATIENCE));
		assertThat(streams()).singleElement().satisfies((stream) -> {
			assertThat(stream.getLowCardinalityKeyValue("outcome").getValue()).isEqualTo("CANCELLED");
			assertThat(stream.getError()).isNull();
			assertThat(stream.getEntries()).isEqualTo(5);
			assertThat(this.observed.timesStopped(stream)).isEqualTo(1);
		});
	}

	@Test
	void subscriptionsShouldBeObserved() {
		run((client) -> {
			Flux<AuditLog> newest = client.streamAll().take(1);
			newest.blockLast(TursoServer.PATIENCE);
			newest.blockLast(TursoServer.PATIENCE);
		});
		assertThat(streams()).hasSize(2)
			.allSatisfy((stream) -> assertThat(this.observed.timesStopped(stream)).isEqualTo(1));
	}

	@Test
	void followShouldBeObservedByRound() {
		run((client) -> {
			log.growBy(1);
			client.follow(AuditLogQuery.all()).take(7).blockLast(TursoServer.PATIENCE);
		}, "turso.audit-logs.follow.poll-interval=100ms");
		List<AuditLogStreamObservationContext> rounds = streams();
		assertThat(rounds).hasSizeGreaterThan(2);
		assertThat(rounds.subList(0, rounds.size() - 1))
			.allSatisfy((round) -> assertThat(round.getLowCardinalityKeyValues()).containsExactlyInAnyOrder(
					KeyValue.of("operation", "follow"), KeyValue.of("order", "asc"),
					KeyValue.of("outcome", "SUCCESS")));
		assertThat(rounds.get(rounds.size() - 1).getLowCardinalityKeyValue("outcome").getValue())
			.isEqualTo("CANCELLED");
		assertThat(rounds.get(0).getEntries()).as("the backlog").isGreaterThanOrEqualTo(250);
		assertThat(rounds.get(1).getPages()).as("a poll").isEqualTo(1);
		assertThat(rounds.stream().mapToLong(AuditLogStreamObservationContext::getPages).sum())
			.as("all but the request that may be cancelled with the last round")
			.isBetween(log.requests() - 1L, (long) log.requests());
		assertThat(this.observed.named(REQUEST))
			.allSatisfy((request) -> assertThat(ObservationRecorder.parentOf(request)).isIn(rounds));
	}

	@Test
	void observationOfReactorContextShouldBeParent() {
		Observation outer = Observation.start("outer", this.registry);
		run((client) -> client.streamAll()
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, outer))
			.blockLast(TursoServer.PATIENCE));
		assertThat(streams().get(0).getParentObservation()).isSameAs(outer);
	}

	@Test
	void observationOfBlockingThreadShouldBeParent() {
		Observation outer = Observation.start("outer", this.registry);
		run((client) -> outer.scoped(() -> client.list().block(TursoServer.PATIENCE)));
		assertThat(streams().get(0).getParentObservation()).isSameAs(outer);
	}

	@Test
	void requestsWhenStreamsAreNotObservedShouldBeObserved() {
		Observation outer = Observation.start("outer", this.registry);
		ObservationPredicate noStreams = (name, context) -> !STREAM.equals(name);
		run(this.runner.withBean(ObservationPredicate.class, () -> noStreams),
				(client) -> client.streamAll()
					.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, outer))
					.blockLast(TursoServer.PATIENCE));
		assertThat(streams()).isEmpty();
		assertThat(this.observed.named(REQUEST)).hasSize(3)
			.allSatisfy((request) -> assertThat(request.getParentObservation()).isSameAs(outer));
	}

	@Test
	void observationsOfStreamsWhenDisabledShouldNotExist() {
		run((client) -> client.streamAll().blockLast(TursoServer.PATIENCE),
				"management.observations.enable.turso.audit-logs=false");
		assertThat(streams()).isEmpty();
		assertThat(this.observed.named(REQUEST)).hasSize(3);
	}

	@Test
	void conventionBeanShouldReplaceDefault() {
		run(this.runner.withBean(AuditLogStreamObservationConvention.class, OrganizationConvention::new),
				(client) -> client.streamAll().blockLast(TursoServer.PATIENCE));
		assertThat(this.observed.named(STREAM)).isEmpty();
		assertThat(this.observed.named("my.audit-logs")).singleElement()
			.satisfies((stream) -> assertThat(stream.getLowCardinalityKeyValues())
				.contains(KeyValue.of("organization", "acme"), KeyValue.of("outcome", "SUCCESS")));
	}

	@Test
	void observationsShouldNotHaveAuthorOrTokenAndOrganizationOnlyInUrl() {
		run((client) -> client.streamAll(AuditLogQuery.builder().author("iku").build())
			.blockLast(TursoServer.PATIENCE));
		assertThat(streams()).singleElement()
			.satisfies((stream) -> assertThat(stream.getAllKeyValues().toString()).doesNotContain("acme")
				.doesNotContain("iku"));
		assertThat(this.observed.named(REQUEST)).isNotEmpty().allSatisfy((request) -> {
			assertThat(request.getAllKeyValues().toString()).doesNotContain("iku").doesNotContain(TursoServer.TOKEN);
			assertThat(request.getAllKeyValues()).filteredOn((key) -> key.getValue().contains("acme"))
				.extracting(KeyValue::getKey)
				.containsExactly("http.url");
			assertThat(request.getLowCardinalityKeyValue("http.url")).isNull();
		});
		assertThat(this.observed.of(Observation.Context.class))
			.allSatisfy((context) -> assertThat(context.toString()).doesNotContain(TursoServer.TOKEN));
	}

	private List<AuditLogStreamObservationContext> streams() {
		return this.observed.of(AuditLogStreamObservationContext.class);
	}

	private void run(Consumer<AuditLogClient> use, String... properties) {
		run(this.runner.withPropertyValues(properties), use);
	}

	private static void run(ApplicationContextRunner runner, Consumer<AuditLogClient> use) {
		runner
			.withPropertyValues("turso.api-token=" + TursoServer.TOKEN, "turso.organization=acme",
					"turso.base-url=" + log.baseUrl())
			.run((context) -> use.accept(context.getBean(AuditLogClient.class)));
	}

	private static final class OrganizationConvention extends DefaultAuditLogStreamObservationConvention {

		@Override
		public String getName() {
			return "my.audit-logs";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(AuditLogStreamObservationContext context) {
			return super.getLowCardinalityKeyValues(context).and("organization", context.getOrganization());
		}

	}

}
