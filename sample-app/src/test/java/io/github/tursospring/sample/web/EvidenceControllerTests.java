package io.github.tursospring.sample.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ResponseStatusException;

import io.github.tursospring.sample.evidence.Seals;
import io.github.tursospring.sample.evidence.SigningKey;
import io.github.tursospring.sample.evidence.Verification;
import io.github.tursospring.sample.evidence.Verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link EvidenceController}.
 */
class EvidenceControllerTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Verification VERIFICATION = new Verification(true, 0, 0, List.of(), List.of());

	private final MultiValueMap<String, String> query = new LinkedMultiValueMap<>();

	private final Verifier verifier = mock(Verifier.class);

	private final EvidenceController controller = new EvidenceController(mock(Seals.class), mock(SigningKey.class),
			this.verifier);

	@Test
	void verifyWhenTheClientOfOneUnderWayHasGoneShouldRefuseAnother() {
		this.query.add("organization", "acme");
		CountDownLatch verifying = new CountDownLatch(1);
		CountDownLatch ending = new CountDownLatch(1);
		given(this.verifier.verify(any(), any(), anyBoolean())).willAnswer((invocation) -> {
			verifying.countDown();
			awaitUninterruptibly(ending);
			return VERIFICATION;
		}).willReturn(VERIFICATION);
		Disposable client = this.controller.verify(this.query).subscribe();
		awaitUninterruptibly(verifying);
		client.dispose();
		StepVerifier.create(this.controller.verify(this.query))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(ResponseStatusException.class)
				.hasMessageContaining("A verification is under way"))
			.verify(LIMIT);
		ending.countDown();
		await().atMost(LIMIT)
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(this.controller.verify(this.query).block(LIMIT)).isEqualTo(VERIFICATION));
	}

	@Test
	void verifyWhenItIsNotSaidWhetherAgainstTursoShouldBeRefused() {
		this.query.add("organization", "acme");
		this.query.add("againstTurso", "yes");
		assertThatIllegalArgumentException().isThrownBy(() -> this.controller.verify(this.query))
			.withMessageContaining("againstTurso must be true or false");
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				// as SQLite's driver does
			}
		}
	}

}
