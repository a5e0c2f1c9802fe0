package io.github.tursospring.auditlog.follow;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CheckpointKey}.
 */
class CheckpointKeyTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "../acme", "a/b", "a\\b", ".", "-a", "a b", "a_b" })
	void organizationThatIsNoSlugShouldBeRefused(String organization) {
		assertThatIllegalArgumentException().isThrownBy(() -> new CheckpointKey("archive", organization))
			.withMessageContaining("slug")
			.withMessageContaining("'" + organization + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a\n", "a\0" })
	void followerThatIsNoNameShouldBeRefused(String follower) {
		assertThatIllegalArgumentException().isThrownBy(() -> new CheckpointKey(follower, "acme"))
			.withMessageContaining("follower");
	}

}
