package io.github.tursospring.auditlog;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.BeforeEach;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.internal.NumberedLog;
import io.github.tursospring.auditlog.internal.http.TursoServer;
import io.github.tursospring.auditlog.observation.AuditLogStreamObservationContext;
import io.github.tursospring.auditlog.observation.DefaultAuditLogStreamObservationConvention;
import io.github.tursospring.mock.MockResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AuditLogClient#builder()} and for queries given as consumers, over
 * HTTP.
 */
class AuditLogClientBuilderTests {

	private static final Duration TIMEOUT = TursoServer.PATIENCE;

	@RegisterExtension
	static final NumberedLog log = new NumberedLog();

	@BeforeEach
	void prepare() {
		log.reset(250);
	}

	@Test
	void buildWithTokenAndOrganizationShouldReadTheLog() {
		StepVerifier.create(client().build().streamAll()).expectNextCount(250).expectComplete().verify(TIMEOUT);
		assertThat(log.requests()).isEqualTo(3);
		assertThat(log.received()).allMatch((request) -> request.hasHeader("Authorization"));
	}

	@Test
	void buildWithPageSizeShouldAskForIt() {
		StepVerifier.create(client().pageSize(50).build().streamAll())
			.expectNextCount(250)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(log.received()).anyMatch((request) -> "5".equals(request.parameter("page")))
			.allMatch((request) -> "50".equals(request.parameter("page_size")));
	}

	@Test
	void buildWithSmallMaxResponseSizeShouldRefuseLongerResponses() {
		StepVerifier.create(client().maxResponseSize(DataSize.ofBytes(100)).build().list())
			.expectError(TursoProtocolException.class)
			.verify(TIMEOUT);
	}

	@Test
	void buildWithRetriesShouldRetryAsOften() {
		log.respond(MockResponse.status(503));
		StepVerifier
			.create(client().maxRetries(2).retryBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1)).build().list())
			.expectError(TursoServerException.class)
			.verify(TIMEOUT);
		assertThat(log.requests()).isEqualTo(3);
	}

	@Test
	void readInContextWithoutRetriesShouldNotRetry() {
		log.respond(MockResponse.status(429).header("Retry-After", "30"));
		StepVerifier.create(client().build().list().contextWrite(Context.of(AuditLogClient.NO_RETRIES, true)))
			.expectError(TursoRateLimitedException.class)
			.verify(TIMEOUT);
		assertThat(log.requests()).isEqualTo(1);
	}

	@Test
	void buildWithWebClientShouldUseItFromTheFirstRequestOn() {
		AtomicInteger supplied = new AtomicInteger();
		AuditLogClient client = client().webClient(() -> {
			supplied.incrementAndGet();
			return WebClient.builder().baseUrl("https://other.example").defaultHeader("X-Mine", "yes");
		}).build();
		assertThat(supplied).hasValue(0);
		StepVerifier.create(client.list().then(client.list())).expectNextCount(1).expectComplete().verify(TIMEOUT);
		assertThat(supplied).hasValue(1);
		assertThat(log.received()).hasSize(2).allMatch((request) -> request.hasHeader("X-Mine"));
	}

	@Test
	void buildWithPollIntervalShouldFollow() {
		AuditLogClient client = client().pollInterval(Duration.ofMillis(1)).lookback(Duration.ZERO).build();
		StepVerifier.create(client.follow((query) -> query.pageSize(1000)).map((page) -> page.auditLogs().size()))
			.expectNext(250)
			.then(() -> log.growBy(3))
			.expectNextCount(1)
			.thenCancel()
			.verify(TIMEOUT);
	}

	@Test
	void buildWithRegistriesShouldObserveAndMeasure() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		TestObservationRegistry observations = TestObservationRegistry.create();
		AuditLogClient client = client().meterRegistry(meters).observationRegistry(observations).build();
		StepVerifier.create(client.streamAll()).expectNextCount(250).expectComplete().verify(TIMEOUT);
		assertThat(meters.get("turso.audit-logs.pages").tag("operation", "stream-all").counter().count()).isEqualTo(3);
		TestObservationRegistryAssert.assertThat(observations)
			.hasSingleObservationThat()
			.hasNameEqualTo("turso.audit-logs.stream")
			.hasBeenStopped();
	}

	@Test
	void buildWithConventionOfTheRegistryShouldUseIt() {
		TestObservationRegistry observations = TestObservationRegistry.create();
		observations.observationConfig().observationConvention(new DefaultAuditLogStreamObservationConvention() {

			@Override
			public String getContextualName(AuditLogStreamObservationContext context) {
				return "mine";
			}

		});
		StepVerifier.create(client().observationRegistry(observations).build().list())
			.expectNextCount(1)
			.expectComplete()
			.verify(TIMEOUT);
		TestObservationRegistryAssert.assertThat(observations)
			.hasSingleObservationThat()
			.hasContextualNameEqualTo("mine");
	}

	@Test
	void buildWithoutOrganizationShouldLeaveItToQueries() {
		AuditLogClient client = client().organization(null).build();
		StepVerifier.create(client.list()).expectError(IllegalArgumentException.class).verify(TIMEOUT);
		StepVerifier.create(client.list((query) -> query.organization("acme")))
			.expectNextCount(1)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void buildWithoutTokenShouldFail() {
		assertThatIllegalStateException().isThrownBy(() -> AuditLogClient.builder().build())
			.withMessageContaining("API token");
	}

	@Test
	void buildTwiceShouldMakeClientsOfTheirOwn() {
		AuditLogClient.Builder builder = client();
		AuditLogClient first = builder.build();
		AuditLogClient second = builder.pageSize(10).build();
		StepVerifier.create(Flux.concat(first.list(), second.list()).map((page) -> page.auditLogs().size()))
			.expectNext(100, 10)
			.expectComplete()
			.verify(TIMEOUT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a\n", "ä" })
	void apiTokenWhenNotOneShouldBeRefusedWithoutShowingIt(String token) {
		assertThatIllegalArgumentException().isThrownBy(() -> AuditLogClient.builder().apiToken(token))
			.withMessageContaining("apiToken")
			.satisfies((ex) -> assertThat(ex.getMessage().contains("a b")).isFalse());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http://api.turso.tech | is plain http to 'api.turso.tech'
			ftp://api.turso.tech | must start with https://
			https:/x | must start with https://
			https://user:secret@api.turso.tech | must not contain a user
			https://api.turso.tech?x=1 | must not contain a user, a query
			""")
	void baseUrlWhenUnsafeShouldBeRefused(URI baseUrl, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> AuditLogClient.builder().baseUrl(baseUrl))
			.withMessageContaining(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-acme", "ac me", "acme/..", "a_b" })
	void organizationWhenNoSlugShouldBeRefused(String organization) {
		assertThatIllegalArgumentException().isThrownBy(() -> AuditLogClient.builder().organization(organization))
			.withMessageContaining("slug");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 1001 })
	void pageSizeWhenOutOfRangeShouldBeRefused(int pageSize) {
		assertThatIllegalArgumentException().isThrownBy(() -> AuditLogClient.builder().pageSize(pageSize))
			.withMessageContaining("pageSize");
	}

	@Test
	void durationWhenOutOfRangeShouldBeRefused() {
		AuditLogClient.Builder builder = AuditLogClient.builder();
		Duration second = Duration.ofSeconds(1);
		for (Duration wrong : List.of(Duration.ofNanos(-1), Duration.ofDays(2), Duration.ofSeconds(Long.MAX_VALUE))) {
			assertRefused("responseTimeout", () -> builder.responseTimeout(wrong));
			assertRefused("maxRetryAfter", () -> builder.maxRetryAfter(wrong));
			assertRefused("pollInterval", () -> builder.pollInterval(wrong));
			assertRefused("lookback", () -> builder.lookback(wrong));
			assertRefused("delay", () -> builder.retryBackoff(wrong, 2, second));
			assertRefused("maxDelay", () -> builder.retryBackoff(second, 2, wrong));
		}
		assertRefused("pollInterval", () -> builder.pollInterval(Duration.ZERO));
		for (double wrong : new double[] { 0, 0.9, 101, Double.NaN }) {
			assertRefused("multiplier", () -> builder.retryBackoff(second, wrong, second));
		}
		builder.lookback(Duration.ZERO).maxRetryAfter(Duration.ZERO).pollInterval(Duration.ofMillis(1));
	}

	private static void assertRefused(String name, ThrowingCallable call) {
		assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(name);
	}

	@Test
	void consumersShouldReadWhatTheyAskFor() {
		AuditLogClient client = client().build();
		AuditLogQuery query = AuditLogQuery.builder().order(AuditLogQuery.Order.ASC).pageSize(200).build();
		assertSame(client.list((builder) -> builder.order(AuditLogQuery.Order.ASC).pageSize(200)), client.list(query));
		assertSame(client.streamAll((builder) -> builder.order(AuditLogQuery.Order.ASC).pageSize(200)),
				client.streamAll(query));
		assertSame(client.streamPages((builder) -> builder.order(AuditLogQuery.Order.ASC).pageSize(200)),
				client.streamPages(query));
		assertSame(client.follow((builder) -> builder.pageSize(200)).take(2),
				client.follow(AuditLogQuery.builder().pageSize(200).build()).take(2));
	}

	@Test
	void consumersShouldBeCalledForEachSubscription() {
		AtomicInteger calls = new AtomicInteger();
		Flux<AuditLog> stream = client().build().streamAll((query) -> calls.incrementAndGet());
		assertThat(calls).hasValue(0);
		StepVerifier.create(stream.concatWith(stream)).expectNextCount(500).expectComplete().verify(TIMEOUT);
		assertThat(calls).hasValue(2);
	}

	@Test
	void consumersWhenRefusedShouldSignalItWithoutARequest() {
		AuditLogClient client = client().build();
		for (Publisher<?> read : List.of(client.list((query) -> query.pageSize(0)),
				client.streamAll((query) -> query.author("")), client.streamPages((query) -> query.code(" ")),
				client.follow((query) -> query.origin((String) null)))) {
			StepVerifier.create(read).expectError(IllegalArgumentException.class).verify(TIMEOUT);
		}
		assertThat(log.requests()).isZero();
	}

	private static <T> void assertSame(Publisher<T> one, Publisher<T> other) {
		List<T> expected = Flux.from(other).collectList().block(TIMEOUT);
		StepVerifier.create(Flux.from(one).collectList()).expectNext(expected).expectComplete().verify(TIMEOUT);
	}

	private static AuditLogClient.Builder client() {
		return AuditLogClient.builder()
			.baseUrl(URI.create(log.baseUrl()))
			.apiToken(TursoServer.TOKEN)
			.organization("acme");
	}

}
