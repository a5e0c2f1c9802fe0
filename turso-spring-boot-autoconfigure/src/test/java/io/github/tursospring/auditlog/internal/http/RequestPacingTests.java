package io.github.tursospring.auditlog.internal.http;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests, in virtual time, that the readers of one client pause together after a response
 * of status 429, and do not return all at once.
 */
class RequestPacingTests {

	private static final int READERS = 200;

	private static final int LIMIT = 30;

	private final List<Long> requests = new ArrayList<>();

	private final Deque<Long> lastSecond = new ArrayDeque<>();

	private final AtomicInteger pages = new AtomicInteger();

	private final AtomicInteger failures = new AtomicInteger();

	private VirtualTimeScheduler scheduler;

	@BeforeEach
	void start() {
		this.scheduler = VirtualTimeScheduler.getOrSet();
	}

	@AfterEach
	void reset() {
		VirtualTimeScheduler.reset();
	}

	@Test
	void otherReadersShouldWaitAsLongAsTheServerAsks() {
		AuditLogEndpoint endpoint = endpoint((number) -> (number == 1) ? limited("7") : page(), 0);
		read(endpoint);
		read(endpoint);
		read(endpoint);
		assertThat(this.failures).hasValue(1);
		advance(Duration.ofMillis(6999));
		assertThat(this.requests).hasSize(1);
		advance(Duration.ofMillis(101));
		assertThat(this.requests).hasSize(3);
		assertThat(this.requests.get(2)).isGreaterThan(this.requests.get(1));
		assertThat(this.pages).hasValue(2);
	}

	@Test
	void pauseShouldNotBeLongerThanTheLongestWaitThatAServerMayAskFor() {
		AuditLogEndpoint endpoint = endpoint((number) -> (number == 1) ? limited("99999999999") : page(), 4);
		read(endpoint);
		read(endpoint);
		assertThat(this.failures).hasValue(1);
		advance(Duration.ofSeconds(59));
		assertThat(this.requests).hasSize(1);
		advance(Duration.ofSeconds(1));
		assertThat(this.pages).hasValue(1);
	}

	@Test
	void cancelledReaderShouldSendNoRequest() {
		AuditLogEndpoint endpoint = endpoint((number) -> (number == 1) ? limited("7") : page(), 0);
		read(endpoint);
		endpoint.of("acme").fetch(1, 100).subscribe().dispose();
		advance(Duration.ofMinutes(1));
		assertThat(this.requests).hasSize(1);
	}

	@Test
	void cancelledReadersShouldNotDelayLaterOnes() {
		AuditLogEndpoint endpoint = endpoint((number) -> (number == 1) ? limited("7") : page(), 0);
		read(endpoint);
		for (int i = 0; i < 100_000; i++) {
			endpoint.of("acme").fetch(1, 100).subscribe().dispose();
		}
		read(endpoint);
		advance(Duration.ofSeconds(10));
		assertThat(this.requests).hasSize(2);
		assertThat(this.pages).hasValue(1);
	}

	@Test
	void readerShouldBeServedAfterOneThatGaveUpInAnotherSchedulersTime() {
		AtomicLong now = new AtomicLong();
		RequestPacing pacing = new RequestPacing(now::get);
		pacing.limited(new RequestPacing.Permit(0), Duration.ofSeconds(7));
		pacing.acquire().subscribe().dispose();
		VirtualTimeScheduler.reset();
		now.addAndGet(Duration.ofSeconds(8).toNanos());
		assertThat(pacing.acquire().block(Duration.ofSeconds(30))).isNotNull();
	}

	@Test
	void readerShouldBeServedWhileOthersGiveUp() {
		AuditLogEndpoint endpoint = endpoint((number) -> (number <= 20) ? limited("1") : page(), 0);
		for (int i = 0; i < 20; i++) {
			read(endpoint);
			advance(Duration.ofSeconds(3));
		}
		for (int i = 0; i < 1000; i++) {
			endpoint.of("acme").fetch(1, 100).timeout(Duration.ofSeconds(2)).subscribe((page) -> {
			}, (ex) -> {
			});
			advance(Duration.ofMillis(250));
		}
		read(endpoint);
		advance(Duration.ofSeconds(30));
		assertThat(this.pages).hasValue(1);
	}

	@Test
	void twoHundredReadersShouldStayCloseToTheLimit() {
		AuditLogEndpoint endpoint = endpoint((number) -> rateLimited(), 100);
		Flux.range(0, READERS)
			.flatMap((reader) -> endpoint.of("acme")
				.fetch(1, 100)
				.doOnNext((page) -> this.pages.incrementAndGet())
				.repeat(19), READERS)
			.subscribe((page) -> {
			}, (ex) -> this.failures.incrementAndGet());
		int seconds = 0;
		while (this.pages.get() < READERS * 20 && seconds++ < 1000) {
			advance(Duration.ofSeconds(1));
		}
		double perSecond = (double) (this.requests.size() - READERS) / seconds;
		System.out.printf("%d pages in %d s with %d requests: %.1f requests a second after the first burst%n",
				this.pages.get(), seconds, this.requests.size(), perSecond);
		assertThat(this.failures).hasValue(0);
		assertThat(this.pages).hasValue(READERS * 20);
		assertThat(perSecond).isLessThan(1.5 * LIMIT);
		assertThat((double) this.pages.get() / seconds).isGreaterThan(0.3 * LIMIT);
	}

	private ClientResponse rateLimited() {
		long now = this.scheduler.now(TimeUnit.MILLISECONDS);
		while (!this.lastSecond.isEmpty() && this.lastSecond.peekFirst() <= now - 1000) {
			this.lastSecond.removeFirst();
		}
		if (this.lastSecond.size() >= LIMIT) {
			return limited("1");
		}
		this.lastSecond.addLast(now);
		return page();
	}

	private void read(AuditLogEndpoint endpoint) {
		endpoint.of("acme")
			.fetch(1, 100)
			.subscribe((page) -> this.pages.incrementAndGet(), (ex) -> this.failures.incrementAndGet());
		advance(Duration.ofNanos(1));
	}

	private void advance(Duration time) {
		this.scheduler.advanceTimeBy(time);
	}

	private AuditLogEndpoint endpoint(java.util.function.IntFunction<ClientResponse> answers, int maxRetries) {
		WebClient webClient = WebClient.builder().exchangeFunction((request) -> Mono.fromSupplier(() -> {
			this.requests.add(this.scheduler.now(TimeUnit.NANOSECONDS));
			return answers.apply(this.requests.size());
		})).build();
		RetryPolicy policy = new RetryPolicy(maxRetries, Duration.ofMillis(200), 2, Duration.ofSeconds(10),
				Duration.ofSeconds(60));
		return new AuditLogEndpoint(() -> webClient, TursoServer.TOKEN, new EndpointSettings(policy, 1000,
				Duration.ofSeconds(60), () -> this.scheduler.now(TimeUnit.NANOSECONDS), Clock.systemUTC()));
	}

	private static ClientResponse limited(String retryAfter) {
		return ClientResponse.create(HttpStatus.TOO_MANY_REQUESTS).header("Retry-After", retryAfter).build();
	}

	private static ClientResponse page() {
		return ClientResponse.create(HttpStatus.OK).body("{\"audit_logs\": []}").build();
	}

}
