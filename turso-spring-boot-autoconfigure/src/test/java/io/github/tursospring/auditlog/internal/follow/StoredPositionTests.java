package io.github.tursospring.auditlog.internal.follow;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.tursospring.auditlog.AuditLogGap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StoredPosition}.
 */
class StoredPositionTests {

	private static final AuditLogGap GAP = new AuditLogGap(StubLog.second(1), StubLog.second(5));

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "start:", "paused:start:", "from:1970-01-01T00:00:03Z", "paused:from:1970-01-01T00:00:03Z",
			"token-1", "paused:token-1", "resume:token-1", "paused:resume:token-1",
			"gap:1970-01-01T00:00:01Z|1970-01-01T00:00:05Z|token-1" })
	void gapAtAnyPositionShouldBeFormattedAndParsed(String stored) {
		StoredPosition position = StoredPosition.parse(stored).stopAt(GAP);
		assertFormattedAndParsed(position);
		assertFormattedAndParsed(position.pause());
		assertFormattedAndParsed(position.resume());
		assertFormattedAndParsed(position.resume().pause());
	}

	private static void assertFormattedAndParsed(StoredPosition position) {
		assertThat(StoredPosition.parse(position.format())).isEqualTo(position);
	}

}
