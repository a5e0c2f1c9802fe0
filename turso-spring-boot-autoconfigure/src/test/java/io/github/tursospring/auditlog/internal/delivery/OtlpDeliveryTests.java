package io.github.tursospring.auditlog.internal.delivery;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.delivery.OcsfSchema;
import io.github.tursospring.auditlog.internal.delivery.OtlpReceiver.Answer;
import io.github.tursospring.auditlog.internal.http.ScriptedServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OtlpDelivery}, against a receiver that decodes the protocol.
 */
@ExtendWith(OutputCaptureExtension.class)
class OtlpDeliveryTests {

	private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private OtlpReceiver receiver;

	@BeforeEach
	void start() throws Exception {
		this.receiver = OtlpReceiver.start();
	}

	@AfterEach
	void stop() {
		this.receiver.close();
	}

	@Test
	void handleShouldSendOneLogRecordForEachEntry() {
		AuditLog entry = full("db-create").build();
		verifyHandled(delivery(), page(entry, AuditLog.builder().build()));
		assertThat(this.receiver.accepted()).hasSize(1);
		ExportLogsServiceRequest request = this.receiver.accepted().get(0);
		assertThat(request.getResourceLogsCount()).isEqualTo(1);
		ResourceLogs resource = request.getResourceLogs(0);
		assertThat(map(resource.getResource().getAttributesList())).containsEntry("service.name", "turso")
			.containsEntry("turso.organization", "acme");
		assertThat(resource.getScopeLogs(0).getScope().getName()).isEqualTo("io.github.tursospring.auditlog");
		assertThat(this.receiver.ids()).containsExactly(entry.id(), AuditLog.builder().build().id());
		LogRecord logRecord = this.receiver.records().get(0);
		assertThat(logRecord.getTimeUnixNano()).isEqualTo(1_767_323_045_000_000_000L);
		assertThat(logRecord.getObservedTimeUnixNano()).isEqualTo(NOW.getEpochSecond() * 1_000_000_000L);
		assertThat(logRecord.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_INFO);
		assertThat(logRecord.getSeverityText()).isEqualTo("INFO");
		assertThat(logRecord.getEventName()).isEqualTo("db-create");
		assertThat(logRecord.getBody().getStringValue()).isEqualTo("Database users created");
		assertThat(map(logRecord.getAttributesList())).containsEntry("turso.audit_log.code", "db-create")
			.containsEntry("turso.audit_log.origin", "cli")
			.containsEntry("user.name", "iku")
			.containsEntry("client.address", "203.0.113.7")
			.containsEntry("geo.locality.name", "Berlin")
			.containsEntry("geo.country.iso_code", "DE")
			.containsEntry("geo.location.lat", 52.52)
			.containsEntry("turso.audit_log.longitude", "east")
			.containsEntry("turso.audit_log.additional", Map.of("request_id", 7L));
		assertThat(map(logRecord.getAttributesList()).get("turso.audit_log.data"))
			.asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
			.containsEntry("list", List.of(1L, 2.5, true))
			.containsEntry("nested", Map.of("name", "x"))
			.containsEntry("exact", "0.10000000000000000000000001");
		assertThat(this.receiver.records().get(1).getTimeUnixNano()).isZero();
		assertThat(this.receiver.records().get(1).getBody().getStringValue()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "db-delete, WARN", "group-delete, WARN", "org-member-rm, WARN", "db-unprotect, WARN",
			"mfa-disable, WARN", "user-delete, WARN", "db-create, INFO", "db-protect, INFO", "org-member-leave, INFO",
			"vault-destroy, WARN" })
	void handleShouldSayWhatIsDestructive(String code, String severity) {
		verifyHandled(delivery(), page(AuditLog.builder().code(code).build()));
		assertThat(this.receiver.records().get(0).getSeverityText()).isEqualTo(severity);
		assertThat(this.receiver.records().get(0).getBody().getStringValue()).isEqualTo(code);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z", "+1000000000-12-31T23:59:59Z" })
	void handleWhenTimeHasNoFormInOtlpShouldSendItAsAnAttribute(String time) {
		verifyHandled(delivery(), page(AuditLog.builder().createdAt(Instant.parse(time)).build()));
		assertThat(this.receiver.records().get(0).getTimeUnixNano()).isZero();
		assertThat(map(this.receiver.records().get(0).getAttributesList())).containsEntry("turso.audit_log.created_at",
				time);
	}

	@Test
	void handleWhenTextIsNoUnicodeShouldSendIt() {
		verifyHandled(delivery(), page(AuditLog.builder().code("db\ud800").message("a\udc00b").build()));
		assertThat(this.receiver.records()).hasSize(1);
		assertThat(this.receiver.records().get(0).getBody().getStringValue()).startsWith("a").endsWith("b");
	}

	@Test
	void handleWhenFormatIsOcsfShouldSendValidEvents() {
		AuditLog entry = full("db-delete").build();
		verifyHandled(delivery(Map.of(), "none", TIMEOUT, true), page(entry));
		LogRecord logRecord = this.receiver.records().get(0);
		JsonMapper json = JsonMapper.shared();
		assertThat(new OcsfSchema().validate(json.readTree(json.writeValueAsString(value(logRecord.getBody())))))
			.isEmpty();
		assertThat(this.receiver.ids()).containsExactly(entry.id());
		assertThat(logRecord.getSeverityText()).isEqualTo("WARN");
	}

	@Test
	void handleShouldSendHeadersAndCompress() {
		verifyHandled(delivery(Map.of("Authorization", "Bearer secret"), "gzip", TIMEOUT, false), page(entry()));
		assertThat(this.receiver.headers().get(0).getFirst("Authorization")).isEqualTo("Bearer secret");
		assertThat(this.receiver.headers().get(0).getFirst("Content-Encoding")).isEqualTo("gzip");
		assertThat(this.receiver.headers().get(0).getFirst("Content-Type")).isEqualTo("application/x-protobuf");
		assertThat(this.receiver.ids()).containsExactly(entry().id());
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 400, 401, 404, 413, 429, 500, 502, 503, 504 })
	void handleWhenAnsweredWithAnErrorShouldFailWithoutARetryOfItsOwn(int status) {
		this.receiver
			.enqueue(Answer.status(status, Map.of("Location", "http://127.0.0.1:9/", "Content-Type", "text/plain"),
					"out of\nspace".getBytes(StandardCharsets.UTF_8)));
		OtlpDelivery delivery = delivery(Map.of("Authorization", "Bearer secret"), "none", TIMEOUT, false);
		StepVerifier.create(delivery.handle("acme", page(entry())))
			.expectErrorSatisfies((ex) -> assertThat(ex)
				.hasMessage("OTLP receiver " + this.receiver.endpoint() + " answered " + status + ": out of space"))
			.verify(TIMEOUT);
		assertThat(this.receiver.requests()).isEqualTo(1);
		assertThat(this.receiver.accepted()).isEmpty();
		verifyHandled(delivery, page(entry()));
		assertThat(this.receiver.ids()).containsExactly(entry().id());
	}

	@Test
	void handleWhenAnErrorIsAProtobufStatusShouldShowItsMessage() {
		byte[] status = { 8, 3, 18, 8, 'b', 'a', 'd', ' ', 't', 'i', 'm', 'e' };
		this.receiver.enqueue(Answer.status(400, Map.of("Content-Type", "application/x-protobuf"), status));
		StepVerifier.create(delivery().handle("acme", page(entry())))
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageEndingWith("answered 400: bad time"))
			.verify(TIMEOUT);
	}

	@ParameterizedTest
	@CsvSource({ "429, 30, 30", "503, 30, 30", "503, 86400, 300" })
	void handleWhenAskedToWaitShouldFailAtOnceAndSendNothingUntilThen(int status, String retryAfter, int seconds) {
		this.receiver.enqueue(Answer.status(status, Map.of("Retry-After", retryAfter), new byte[0]));
		OtlpDelivery delivery = delivery();
		StepVerifier.create(delivery.handle("acme", page(entry())))
			.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining("answered " + status)
				.hasMessageContaining("nothing is sent for " + seconds + " s"))
			.verify(TIMEOUT);
		StepVerifier.withVirtualTime(() -> delivery.handle("globex", page(entry())))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(seconds).minusMillis(1))
			.then(() -> assertThat(this.receiver.requests()).isEqualTo(1))
			.thenAwait(Duration.ofMillis(1))
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(this.receiver.requests()).isEqualTo(2);
	}

	@Test
	void handleWhenReceiverHangsShouldFailInTime() {
		this.receiver.enqueue(Answer.hang(), Answer.hangInBody());
		OtlpDelivery delivery = delivery(Map.of(), "none", Duration.ofMillis(300), false);
		for (int i = 0; i < 2; i++) {
			StepVerifier.create(delivery.handle("acme", page(entry())))
				.expectErrorSatisfies((ex) -> assertThat(ex).hasMessageContaining("did not answer within 300 ms"))
				.verify(TIMEOUT);
		}
		verifyHandled(delivery(), page(entry()));
	}

	@Test
	void handleWhenConnectionIsRefusedShouldFailAndRecover() throws Exception {
		OtlpDelivery delivery = delivery(Map.of("Authorization", "Bearer secret"), "none", TIMEOUT, false);
		int port = this.receiver.endpoint().getPort();
		this.receiver.close();
		StepVerifier.create(delivery.handle("acme", page(entry())))
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).hasMessage("OTLP receiver " + this.receiver.endpoint() + " did not answer")
						.hasCauseInstanceOf(ConnectException.class))
			.verify(TIMEOUT);
		this.receiver = OtlpReceiver.start(port);
		verifyHandled(delivery, page(entry()));
		assertThat(this.receiver.ids()).containsExactly(entry().id());
	}

	@Test
	void handleWhenSomeAreRejectedShouldReportThemAndNotSendThemAgain(CapturedOutput output) {
		this.receiver.enqueue(Answer.partialSuccess(2, "too\nold"));
		verifyHandled(delivery(), page(entry(), entry(), entry()));
		assertThat(this.receiver.requests()).isEqualTo(1);
		assertThat(output).contains("ERROR", "has rejected 2 of 3 log records of organization 'acme'",
				"of 2026-01-02T03:04:05Z to 2026-01-02T03:04:05Z: too old", "replay the follower");
	}

	@Test
	void handleWhenSomeAreRejectedWithALongMessageShouldReportThem(CapturedOutput output) {
		this.receiver.enqueue(Answer.partialSuccess(2, "too old, " + "x".repeat(500_000)));
		verifyHandled(delivery(), page(entry(), entry(), entry()));
		assertThat(output).contains("ERROR", "has rejected 2 of 3 log records", ": too old, xxx");
		assertThat(output.toString()).hasSizeLessThan(10_000);
	}

	@Test
	void handleWhenTheTypeOfAPartialSuccessIsInCapitalsShouldReportIt(CapturedOutput output) {
		Answer answer = Answer.partialSuccess(2, "too old");
		this.receiver.enqueue(Answer.status(200, Map.of("Content-Type", "Application/X-Protobuf"), answer.body()));
		verifyHandled(delivery(), page(entry(), entry(), entry()));
		assertThat(output).contains("ERROR", "has rejected 2 of 3 log records");
	}

	@Test
	void handleWhenAPartialSuccessHasNoTypeShouldReportIt(CapturedOutput output) {
		this.receiver.enqueue(Answer.status(200, Map.of(), Answer.partialSuccess(2, "too old").body()));
		verifyHandled(delivery(), page(entry(), entry(), entry()));
		assertThat(output).contains("ERROR", "has rejected 2 of 3 log records");
	}

	@Test
	void handleWhenAcceptedWithAWarningShouldReportIt(CapturedOutput output) {
		this.receiver.enqueue(Answer.partialSuccess(0, "deprecated"));
		verifyHandled(delivery(), page(entry()));
		assertThat(output).contains("WARN", "has accepted, with a warning, 1 log records", "deprecated");
	}

	@Test
	void handleWhenASuccessHasNoBodyOrAnotherShouldComplete() {
		this.receiver.enqueue(Answer.status(204), Answer.status(200, Map.of(), "ok".getBytes(StandardCharsets.UTF_8)),
				Answer.status(200, Map.of("Content-Type", "application/x-protobuf"), new byte[] { 10, 99, 1 }));
		OtlpDelivery delivery = delivery();
		for (int i = 0; i < 3; i++) {
			verifyHandled(delivery, page(entry()));
		}
		assertThat(this.receiver.requests()).isEqualTo(3);
	}

	@Test
	void failuresShouldNotShowSecrets(CapturedOutput output) {
		this.receiver.enqueue(Answer.status(503));
		URI endpoint = URI.create(this.receiver.endpoint() + "?key=secret-key");
		OtlpDelivery delivery = new OtlpDelivery(new OtlpDelivery.Settings(endpoint,
				Map.of("Authorization", "Bearer secret-token"), "none", TIMEOUT, false), Clock.systemUTC());
		StepVerifier.create(delivery.handle("acme", page(entry())))
			.expectErrorSatisfies((ex) -> assertThat(ex.toString()).doesNotContain("secret"))
			.verify(TIMEOUT);
		assertThat(output).doesNotContain("secret");
	}

	private static void verifyHandled(OtlpDelivery delivery, AuditLogPage page) {
		StepVerifier.create(delivery.handle("acme", page)).expectComplete().verify(TIMEOUT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization: Bearer 0123-secret-4567", "you sent 0123-secret-4567\u202e",
			"0123-secret-\u00004567 0123-secret-4567\u2028next" })
	void failureShouldNotShowCredentialsThatTheReceiverEchoes(String echo) {
		this.receiver
			.enqueue(Answer.status(401, Map.of("Content-Type", "text/plain"), echo.getBytes(StandardCharsets.UTF_8)));
		OtlpDelivery delivery = delivery(Map.of("Authorization", "Bearer 0123-secret-4567", "X-Scope-OrgID", "1"),
				"none", TIMEOUT, false);
		StepVerifier.create(delivery.handle("acme", page(entry())))
			.expectErrorSatisfies((ex) -> assertThat(ex).message()
				.contains("answered 401: ", "***")
				.doesNotContain("0123-secret-4567")
				.doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}]"))
			.verify(TIMEOUT);
	}

	@Test
	void failureShouldNotShowCredentialsOfSeveralWords() {
		this.receiver.enqueue(Answer.status(401, Map.of(), "you sent open\tsesame".getBytes(StandardCharsets.UTF_8)));
		StepVerifier
			.create(delivery(Map.of("X-Key", "open sesame"), "none", TIMEOUT, false).handle("acme", page(entry())))
			.expectErrorSatisfies((ex) -> assertThat(ex).message().contains("you sent ***").doesNotContain("open"))
			.verify(TIMEOUT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0123-secret-4567 0123-secret-4567\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 0123-secret-4567\r\n\r\n" })
	void failureShouldNotShowCredentialsInWhatIsNoResponse(String echo) {
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			exchange.write(echo);
			return false;
		})) {
			OtlpDelivery delivery = new OtlpDelivery(
					new OtlpDelivery.Settings(URI.create(server.baseUrl()),
							Map.of("Authorization", "Bearer 0123-secret-4567"), "none", TIMEOUT, false),
					Clock.systemUTC());
			StepVerifier.create(delivery.handle("acme", page(entry()))).expectErrorSatisfies((ex) -> {
				StringWriter stackTrace = new StringWriter();
				ex.printStackTrace(new PrintWriter(stackTrace));
				assertThat(stackTrace.toString()).contains("did not answer").doesNotContain("0123-secret-4567");
			}).verify(TIMEOUT);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "you sent Bearer 0123-secret-456", "you sent 0123-se" })
	void failureShouldNotShowTheBeginningOfCredentialsWhereTheResponseIsCut(String echo) {
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			exchange.write("HTTP/1.1 400 Bad Request\r\n\r\n" + echo);
			exchange.connection().shutdownOutput();
			return true;
		})) {
			OtlpDelivery delivery = new OtlpDelivery(
					new OtlpDelivery.Settings(URI.create(server.baseUrl()),
							Map.of("Authorization", "Bearer 0123-secret-4567"), "none", TIMEOUT, false),
					Clock.systemUTC());
			StepVerifier.create(delivery.handle("acme", page(entry())))
				.expectErrorSatisfies((ex) -> assertThat(ex).message().endsWith("answered 400: you sent ***"))
				.verify(TIMEOUT);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "200 OK", "503 Service Unavailable" })
	void handleWhenBodyNeverEndsShouldReceiveItsBeginningOnly(String status) {
		String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
		AtomicLong sent = new AtomicLong();
		try (ScriptedServer server = new ScriptedServer((exchange) -> {
			exchange.write("HTTP/1.1 " + status + "\r\nTransfer-Encoding: chunked\r\n\r\n");
			while (sent.addAndGet(chunk.length()) < 1_000_000_000L) {
				exchange.write(chunk);
			}
			return false;
		})) {
			OtlpDelivery delivery = new OtlpDelivery(
					new OtlpDelivery.Settings(URI.create(server.baseUrl()), Map.of(), "none", TIMEOUT, false),
					Clock.systemUTC());
			StepVerifier.create(delivery.handle("acme", page(entry())).onErrorResume((ex) -> {
				assertThat(ex.getMessage()).contains("answered 503").hasSizeLessThan(500);
				return Mono.empty();
			})).expectComplete().verify(TIMEOUT);
		}
		assertThat(sent).hasValueLessThan(100_000_000L);
	}

	private OtlpDelivery delivery() {
		return delivery(Map.of(), "none", TIMEOUT, false);
	}

	private OtlpDelivery delivery(Map<String, String> headers, String compression, Duration timeout, boolean ocsf) {
		return new OtlpDelivery(
				new OtlpDelivery.Settings(this.receiver.endpoint(), headers, compression, timeout, ocsf),
				Clock.fixed(NOW, ZoneOffset.UTC));
	}

	private static AuditLogPage page(AuditLog... entries) {
		return new AuditLogPage(List.of(entries), "token", false, null);
	}

	private static AuditLog entry() {
		return full("db-create").build();
	}

	private static AuditLog.Builder full(String code) {
		Map<String, Object> data = new LinkedHashMap<>();
		data.put("list", Arrays.asList(1, 2.5, true));
		data.put("nested", Collections.singletonMap("name", "x"));
		data.put("exact", new java.math.BigDecimal("0.10000000000000000000000001"));
		data.put("none", null);
		return AuditLog.builder()
			.code(code)
			.message("Database users created")
			.origin("cli")
			.author("iku")
			.createdAt(Instant.parse("2026-01-02T03:04:05Z"))
			.data(data)
			.ip("203.0.113.7")
			.city("Berlin")
			.countryCode("DE")
			.latitude("52.52")
			.longitude("east")
			.additional("request_id", 7);
	}

	private static Map<String, Object> map(List<KeyValue> attributes) {
		Map<String, Object> map = new LinkedHashMap<>();
		attributes.forEach((attribute) -> map.put(attribute.getKey(), value(attribute.getValue())));
		return map;
	}

	private static Object value(AnyValue value) {
		return switch (value.getValueCase()) {
			case STRING_VALUE -> value.getStringValue();
			case BOOL_VALUE -> value.getBoolValue();
			case INT_VALUE -> value.getIntValue();
			case DOUBLE_VALUE -> value.getDoubleValue();
			case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(OtlpDeliveryTests::value).toList();
			case KVLIST_VALUE -> map(value.getKvlistValue().getValuesList());
			default -> null;
		};
	}

}
