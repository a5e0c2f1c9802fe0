package io.github.tursospring.auditlog.internal.reading;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.InvalidPageTokenException;

import io.github.tursospring.auditlog.internal.engine.Checkpoint;
import io.github.tursospring.auditlog.internal.engine.Cursor;
import io.github.tursospring.auditlog.internal.engine.EntryKey;
import io.github.tursospring.auditlog.internal.engine.LogSize;
import io.github.tursospring.auditlog.internal.engine.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tokens: what they keep, and whom they are refused to.
 */
class CheckpointCodecTests {

	private static final AuditLogQuery QUERY = AuditLogQuery.builder()
		.code("db-create")
		.author("iku")
		.startTime(Instant.ofEpochSecond(1_600_000_000L))
		.endTime(Instant.ofEpochSecond(1_800_000_000L))
		.build();

	private static final Checkpoint POSITION = new Checkpoint(
			new Cursor(-1_700_000_000L, Map.of(new EntryKey(-1_700_000_000L, 42), 1), 1), -1234,
			new LogSize(5678, 0, 1000, 0));

	@Test
	void decodeShouldReturnAnyCheckpointThatWasEncoded() {
		Random random = new Random(5);
		for (int i = 0; i < 5000; i++) {
			Checkpoint position = position(random);
			assertThat(decode("acme", QUERY, encode("acme", QUERY, position))).isEqualTo(position);
		}
	}

	@Test
	void decodeWhenCheckpointIsBeforeEverythingShouldReturnIt() {
		Checkpoint origin = new Checkpoint(Cursor.ORIGIN, Checkpoint.NO_ANCHOR, LogSize.UNKNOWN);
		assertThat(decode("acme", QUERY, encode("acme", QUERY, origin))).isEqualTo(origin);
	}

	@Test
	void decodeWhenRowsAreDatedAheadShouldKeepThemAndRefuseTooMany() {
		for (long watermark : new long[] { Long.MIN_VALUE, 1_700_000_000L }) {
			Map<EntryKey, Integer> ahead = new LinkedHashMap<>();
			for (int i = 0; i < 99; i++) {
				ahead.put(new EntryKey(4_102_444_800L + i, i * 0x9e3779b97f4a7c15L), 1);
			}
			Checkpoint position = new Checkpoint(new Cursor(watermark, Map.of(), 0, ahead), 7, LogSize.UNKNOWN);
			assertThat(decode("acme", QUERY, encode("acme", QUERY, position))).isEqualTo(position);
			ahead.put(new EntryKey(1L, 1), 2);
			String tooMany = encode("acme", QUERY, position);
			assertThatExceptionOfType(InvalidPageTokenException.class).isThrownBy(() -> decode("acme", QUERY, tooMany));
		}
	}

	@Test
	void decodeWhenNumberIsLargerThanAnyShouldRefuse() {
		Checkpoint[] positions = {
				new Checkpoint(new Cursor(Long.MAX_VALUE, Map.of(), 0), Checkpoint.NO_ANCHOR, POSITION.log()),
				new Checkpoint(new Cursor(0, Map.of(new EntryKey(Long.MAX_VALUE, 1), 1), 1), 0, POSITION.log()),
				new Checkpoint(new Cursor(0, Map.of(), 0, Map.of(new EntryKey(1L << 60, 1), 1)), 0, POSITION.log()),
				new Checkpoint(POSITION.cursor(), 1L << 60, POSITION.log()),
				new Checkpoint(POSITION.cursor(), Long.MIN_VALUE + 1, POSITION.log()),
				new Checkpoint(POSITION.cursor(), 0, new LogSize(Long.MAX_VALUE - 1, 0, 1000, 0)) };
		for (Checkpoint position : positions) {
			String token = encode("acme", QUERY, position);
			assertThatExceptionOfType(InvalidPageTokenException.class).isThrownBy(() -> decode("acme", QUERY, token));
		}
	}

	@Test
	void decodeWhenTokenIsNullShouldReturnNull() {
		assertThat(CheckpointCodec.ofStream("acme", QUERY).decode(null)).isNull();
	}

	@Test
	void encodeShouldUseOnlyCharactersThatUrlsDoNotEscape() {
		Random random = new Random(6);
		for (int i = 0; i < 1000; i++) {
			assertThat(encode("acme", QUERY, position(random))).matches("[A-Za-z0-9_-]+");
		}
	}

	@Test
	void nextPageTokenShouldHaveFewerThan80Characters() {
		CountingSource source = new CountingSource(ModelLog.still(5000));
		AuditLogPage page = new LogReader(source, "acme", AuditLogQuery.all(), 100).page().block();
		System.out.println("An ordinary page token has " + page.nextPageToken().length() + " characters");
		assertThat(page.nextPageToken()).hasSizeLessThan(80);
	}

	@Test
	void nextPageTokenWhenInsideAWideSecondShouldHaveFewerThan1500Characters() {
		ModelLog log = new ModelLog(new Random(0), 1000, false);
		for (int i = 0; i < 300; i++) {
			log.insert(1_700_000_000L);
		}
		AuditLogPage page = new LogReader(new CountingSource(log), "acme", AuditLogQuery.all(), 100).page().block();
		System.out.println(
				"A page token after 100 entries of one second has " + page.nextPageToken().length() + " characters");
		assertThat(page.nextPageToken()).hasSizeLessThan(1500);
	}

	@Test
	void decodeWhenPageSizeDiffersAndDefaultsAreStatedShouldReturnCheckpoint() {
		String token = encode("acme", AuditLogQuery.all(), POSITION);
		AuditLogQuery query = AuditLogQuery.builder().organization("acme").order(Order.DESC).pageSize(7).build();
		assertThat(decode("acme", query, token)).isEqualTo(POSITION);
	}

	@Test
	void decodeWhenFilterValuesAreInAnotherOrderShouldReturnCheckpoint() {
		String token = encode("acme", AuditLogQuery.builder().code("a", "b").build(), POSITION);
		assertThat(decode("acme", AuditLogQuery.builder().code("b", "a").build(), token)).isEqualTo(POSITION);
	}

	@Test
	void decodeWhenTokenIsCutAtAnyLengthShouldRefuse() {
		String token = encode("acme", QUERY, POSITION);
		for (int length = 0; length < token.length(); length++) {
			refused("acme", QUERY, token.substring(0, length));
			refused("acme", QUERY, token.substring(token.length() - length));
		}
	}

	@Test
	void decodeWhenTokenIsCutShouldSayIncompleteOrAltered() {
		String token = encode("acme", QUERY, POSITION);
		assertThat(refused("acme", QUERY, token.substring(0, 10))).contains("incomplete or altered");
		assertThat(refused("acme", QUERY, token.substring(0, token.length() - 4))).contains("incomplete or altered");
	}

	@Test
	void decodeWhenAnyBitIsFlippedShouldRefuse() {
		byte[] token = Base64.getUrlDecoder().decode(encode("acme", QUERY, POSITION));
		for (int i = 0; i < token.length; i++) {
			for (int bit = 0; bit < 8; bit++) {
				byte[] altered = token.clone();
				altered[i] ^= (byte) (1 << bit);
				assertThat(refused("acme", QUERY, text(altered))).contains("altered");
			}
		}
	}

	@Test
	void decodeWhenAnyCharacterIsReplacedShouldRefuse() {
		Random random = new Random(9);
		for (int n = 0; n < 20; n++) {
			String token = encode("acme", QUERY, position(random));
			for (int i = 0; i < token.length(); i++) {
				for (char other : "AQgwBZaz09-_+/=. %".toCharArray()) {
					if (token.charAt(i) != other) {
						refused("acme", QUERY, token.substring(0, i) + other + token.substring(i + 1));
					}
				}
			}
		}
	}

	@Test
	void decodeWhenTokenIsLengthenedShouldRefuse() {
		String token = encode("acme", QUERY, POSITION);
		for (String more : List.of("A", "AA", "AAAA", "=", "==", " ", "\n", token)) {
			refused("acme", QUERY, token + more);
			refused("acme", QUERY, more + token);
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", " ", "1", "page-2", "AAAA", "eyJwYWdlIjoyfQ", "\u0000", "\u00e4", "2023-12-20T09:46:08Z" })
	void decodeWhenTokenIsForgedShouldRefuse(String token) {
		refused("acme", QUERY, token);
	}

	@Test
	void decodeWhenTokenIsRandomTextShouldRefuse() {
		Random random = new Random(7);
		String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
		for (int i = 0; i < 20_000; i++) {
			StringBuilder text = new StringBuilder();
			for (int length = random.nextInt(120); length > 0; length--) {
				text.append((random.nextInt(200) == 0) ? (char) random.nextInt(0x10000)
						: alphabet.charAt(random.nextInt(alphabet.length())));
			}
			refused("acme", QUERY, text.toString());
		}
	}

	@Test
	void decodeWhenRandomBytesHaveAMatchingHashShouldReturnCheckpointOrRefuse() {
		Random random = new Random(8);
		byte[] genuine = content(encode("acme", QUERY, POSITION));
		for (int i = 0; i < 20_000; i++) {
			byte[] forged = Arrays.copyOf(genuine, 14 + random.nextInt(60));
			byte[] noise = new byte[forged.length - 14];
			random.nextBytes(noise);
			System.arraycopy(noise, 0, forged, 14, noise.length);
			if (random.nextBoolean() && forged.length > 22) {
				forged[22] = (byte) random.nextInt(3);
			}
			readsOrIsRefused(signed(forged));
		}
	}

	private static void readsOrIsRefused(String token) {
		AuditLogQuery query = QUERY.toBuilder().pageToken(token).build();
		CountingSource source = new CountingSource(ModelLog.still(50));
		try {
			Checkpoint position = CheckpointCodec.ofStream("acme", query).decode(token);
			assertThat(position.log().limit()).isBetween(1, PageRequest.MAX_PAGE_SIZE);
			new LogReader(source, "acme", query, 10).entries(1)
				.onErrorComplete(io.github.tursospring.auditlog.TursoProtocolException.class)
				.blockLast();
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageStartingWith("The page token ");
		}
	}

	@Test
	void decodeWhenTokenIsOfAnotherOrganizationShouldRefuse() {
		assertThat(refused("other", QUERY, encode("acme", QUERY, POSITION))).contains("another organization")
			.doesNotContain("incomplete");
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void decodeWhenTokenIsOfAnotherOrderShouldRefuse(Order order) {
		Order other = (order == Order.ASC) ? Order.DESC : Order.ASC;
		String token = encode("acme", QUERY.toBuilder().order(order).build(), POSITION);
		assertThat(refused("acme", QUERY.toBuilder().order(other).build(), token)).contains("another order")
			.doesNotContain("incomplete");
	}

	@Test
	void decodeWhenFiltersOrTimeRangeDifferShouldRefuse() {
		List<AuditLogQuery> others = List.of(AuditLogQuery.all(), QUERY.toBuilder().code("db-delete").build(),
				QUERY.toBuilder().author("other").build(), QUERY.toBuilder().origin("cli").build(),
				QUERY.toBuilder().startTime(null).build(), QUERY.toBuilder().endTime(null).build(),
				QUERY.toBuilder().startTime(QUERY.startTime().plusNanos(1)).build(),
				QUERY.toBuilder().endTime(QUERY.endTime().plusSeconds(1)).build());
		for (AuditLogQuery other : others) {
			assertThat(refused("acme", other, encode("acme", QUERY, POSITION))).contains("another time range")
				.contains("other filters")
				.doesNotContain("incomplete");
			assertThat(refused("acme", QUERY, encode("acme", other, POSITION))).contains("another time range")
				.contains("other filters")
				.doesNotContain("incomplete");
		}
	}

	@Test
	void decodeWhenFiltersOnlyLookAlikeShouldRefuse() {
		List<AuditLogQuery> alike = List.of(AuditLogQuery.builder().code("a", "b").build(),
				AuditLogQuery.builder().code("a, b").build(), AuditLogQuery.builder().code("a").author("b").build(),
				AuditLogQuery.builder().author("a", "b").build(), AuditLogQuery.builder().origin("a", "b").build(),
				AuditLogQuery.builder().code("a]|[b").build(), AuditLogQuery.builder().code("a]|[b]|[").build(),
				AuditLogQuery.all());
		for (AuditLogQuery query : alike) {
			for (AuditLogQuery other : alike) {
				if (!query.equals(other)) {
					refused("acme", other, encode("acme", query, POSITION));
				}
			}
		}
	}

	@Test
	void decodeWhenTokenIsOfAnotherVersionShouldRefuse() {
		byte[] content = content(encode("acme", QUERY, POSITION));
		content[0]++;
		assertThat(refused("acme", QUERY, signed(content))).contains("another version").doesNotContain("incomplete");
	}

	@Test
	void readWhenTokenIsForgedShouldFailBeforeAnyRequest() {
		CountingSource source = new CountingSource(ModelLog.still(10));
		AuditLogQuery query = AuditLogQuery.builder().pageToken("forged").build();
		LogReader reader = new LogReader(source, "acme", query, 10);
		java.time.Duration timeout = java.time.Duration.ofSeconds(10);
		StepVerifier.create(reader.entries(1)).expectError(IllegalArgumentException.class).verify(timeout);
		StepVerifier.create(reader.pages(1)).expectError(IllegalArgumentException.class).verify(timeout);
		StepVerifier.create(reader.page()).expectError(IllegalArgumentException.class).verify(timeout);
		assertThat(source.requests()).isZero();
	}

	private static String encode(String organization, AuditLogQuery query, Checkpoint position) {
		return CheckpointCodec.ofStream(organization, query).encode(position);
	}

	private static Checkpoint decode(String organization, AuditLogQuery query, String token) {
		return CheckpointCodec.ofStream(organization, query).decode(token);
	}

	private static String refused(String organization, AuditLogQuery query, String token) {
		String[] message = new String[1];
		assertThatExceptionOfType(InvalidPageTokenException.class).as("token '%s'", token)
			.isThrownBy(() -> decode(organization, query, token))
			.satisfies((ex) -> message[0] = ex.getMessage())
			.withMessageStartingWith("The page token ");
		return message[0];
	}

	private static Checkpoint position(Random random) {
		long edge = (random.nextBoolean() ? -1 : 1) * (long) random.nextInt(2_000_000_000);
		Map<EntryKey, Integer> emitted = new LinkedHashMap<>();
		for (int rows = random.nextInt(20); rows > 0; rows--) {
			long time = edge + (long) random.nextInt(3) * random.nextInt(100);
			emitted.put(new EntryKey(time, random.nextLong()), 1 + random.nextInt(30));
		}
		long anchor = random.nextBoolean() ? Checkpoint.NO_ANCHOR : random.nextInt(2_000_000) - 1_000_000;
		LogSize log = new LogSize(random.nextBoolean() ? -1 : random.nextInt(1_000_000), 0, 1 + random.nextInt(1000),
				random.nextInt(17));
		long count = emitted.values().stream().mapToLong(Integer::longValue).sum();
		return new Checkpoint(new Cursor(edge, emitted, count), anchor, log);
	}

	private static byte[] content(String token) {
		byte[] bytes = Base64.getUrlDecoder().decode(token);
		return Arrays.copyOf(bytes, bytes.length - 6);
	}

	private static String signed(byte[] content) {
		try {
			byte[] print = MessageDigest.getInstance("SHA-256").digest(content);
			return text(ByteBuffer.allocate(content.length + 6).put(content).put(print, 0, 6).array());
		}
		catch (java.security.NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String text(byte[] token) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
	}

}
