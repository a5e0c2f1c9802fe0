package io.github.tursospring.auditlog.delivery;

import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OcsfEvents}.
 */
class OcsfEventsTests {

	private final OcsfSchema schema = new OcsfSchema();

	static Stream<AuditLogCode> codes() {
		return Arrays.stream(AuditLogCode.class.getFields())
			.filter((field) -> Modifier.isStatic(field.getModifiers()) && field.getType() == AuditLogCode.class)
			.map((field) -> {
				try {
					return (AuditLogCode) field.get(null);
				}
				catch (IllegalAccessException ex) {
					throw new IllegalStateException(ex);
				}
			});
	}

	@ParameterizedTest
	@MethodSource("codes")
	void fromWhenEntryHasEveryFieldShouldBeValidAndClassified(AuditLogCode code) {
		JsonNode event = event(full(code.value()).build());
		assertThat(this.schema.validate(event)).isEmpty();
		assertThat(event.get("class_uid").intValue()).as("known codes have a class that fits").isNotEqualTo(6003);
		assertThat(event.get("activity_id").intValue()).isNotIn(0, 99);
	}

	@ParameterizedTest
	@MethodSource("codes")
	void fromWhenEntryHasNothingButItsCodeShouldBeValid(AuditLogCode code) {
		JsonNode event = event(AuditLog.builder().code(code).build());
		assertThat(this.schema.validate(event)).isEmpty();
		assertThat(event.get("time").longValue()).isZero();
		assertThat(event.has("actor")).isFalse();
		assertThat(event.has("src_endpoint")).isFalse();
		assertThat(event.has("unmapped")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "db-create, 300401", "db-delete, 300404", "group-delete, 300404", "db-aunrchive, 300410",
			"org-plan-update, 300403", "db-token-create, 300401", "user-token-create, 300401", "org-member-add, 300603",
			"org-member-rm, 300604", "user-signup, 300101", "user-delete, 300106", "mfa-disable, 300111",
			"db-teleport, 600399" })
	void fromShouldGiveTheTypeOfTheCode(String code, long typeUid) {
		assertThat(OcsfEvents.from(full(code).build(), "acme")).containsEntry("type_uid", typeUid);
	}

	@Test
	void fromShouldSayWhoDidWhatToWhatWhenAndFromWhere() {
		AuditLog entry = full("db-delete").build();
		JsonNode event = event(entry);
		assertThat(event.at("/metadata/version").stringValue()).isEqualTo("1.5.0");
		assertThat(event.at("/metadata/uid").stringValue()).isEqualTo(entry.id());
		assertThat(event.at("/metadata/event_code").stringValue()).isEqualTo("db-delete");
		assertThat(event.at("/metadata/tenant_uid").stringValue()).isEqualTo("acme");
		assertThat(event.at("/actor/user/name").stringValue()).isEqualTo("iku");
		assertThat(event.at("/actor/app_name").stringValue()).isEqualTo("cli");
		assertThat(event.at("/entity/name").stringValue()).isEqualTo("users");
		assertThat(event.at("/entity/type").stringValue()).isEqualTo("Database");
		assertThat(event.get("time").longValue()).isEqualTo(1_767_323_045_000L);
		assertThat(event.at("/src_endpoint/ip").stringValue()).isEqualTo("203.0.113.7");
		assertThat(event.at("/src_endpoint/location/country").stringValue()).isEqualTo("DE");
		assertThat(event.at("/src_endpoint/location/lat").doubleValue()).isEqualTo(52.52);
		assertThat(event.at("/unmapped/data/database").stringValue()).isEqualTo("users");
		assertThat(event.at("/unmapped/request_id").intValue()).isEqualTo(7);
	}

	@Test
	void fromWhenCodeIsUnknownShouldBeAnApiActivityNamedAfterIt() {
		JsonNode event = event(full("db-teleport").build());
		assertThat(this.schema.validate(event)).isEmpty();
		assertThat(event.get("activity_name").stringValue()).isEqualTo("db-teleport");
		assertThat(event.get("type_name").stringValue()).isEqualTo("API Activity: Other");
		assertThat(event.at("/api/operation").stringValue()).isEqualTo("db-teleport");
		assertThat(event.at("/actor/user/name").stringValue()).isEqualTo("iku");
	}

	@Test
	void fromWhenEntryIsEmptyShouldBeValid() {
		JsonNode event = event(AuditLog.builder().build());
		assertThat(this.schema.validate(event)).isEmpty();
		assertThat(event.get("activity_id").intValue()).isZero();
		assertThat(event.at("/actor/user/name").stringValue()).isEqualTo("Unknown");
		assertThat(event.at("/src_endpoint/name").stringValue()).isEqualTo("Unknown");
	}

	@Test
	void fromWhenMemberIsAddedShouldNotTakeTheAuthorForTheMember() {
		assertThat(
				event(AuditLog.builder().code("org-member-add").author("iku").build()).at("/user/name").stringValue())
			.isEqualTo("Unknown");
		assertThat(
				event(AuditLog.builder().code("org-member-leave").author("iku").build()).at("/user/name").stringValue())
			.isEqualTo("iku");
		assertThat(
				event(AuditLog.builder().code("org-member-add").data(Map.of("member", "eve")).build()).at("/user/name")
					.stringValue())
			.isEqualTo("eve");
	}

	@ParameterizedTest
	@ValueSource(strings = { "203.0.113.7", "0.0.0.0", "2001:db8::1", "::1", "::ffff:203.0.113.7",
			"2001:0db8:85a3:0000:0000:8a2e:0370:7334" })
	void fromWhenAddressIsValidShouldBeTheSource(String ip) {
		JsonNode event = event(AuditLog.builder().code("db-create").ip(ip).build());
		assertThat(this.schema.validate(event)).isEmpty();
		assertThat(event.at("/src_endpoint/ip").stringValue()).isEqualTo(ip);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "unknown", "256.1.1.1", "1.2.3", "1.2.3.4.", "example.com", ":::", "cafe.example:1",
			"1.2.3.4, 5.6.7.8", "fe80::1%eth0" })
	void fromWhenAddressIsInvalidShouldKeepEverythingOfTheSourceUnmapped(String ip) {
		JsonNode event = event(full("db-create").ip(ip).build());
		assertThat(this.schema.validate(event)).isEmpty();
		assertThat(event.has("src_endpoint")).isFalse();
		assertThat(event.at("/unmapped/ip").stringValue()).isEqualTo(ip);
		assertThat(event.at("/unmapped/city").stringValue()).isEqualTo("Berlin");
		assertThat(event.at("/unmapped/country_code").stringValue()).isEqualTo("de");
		assertThat(event.at("/unmapped/latitude").stringValue()).isEqualTo("52.52");
		assertThat(event.at("/unmapped/longitude").stringValue()).isEqualTo("13.40");
	}

	@Test
	void fromWhenPartsOfTheLocationAreInvalidShouldKeepThemUnmapped() {
		AuditLog entry = full("db-create").countryCode("Germany").latitude("91").longitude("NaN").build();
		JsonNode event = event(entry);
		assertThat(this.schema.validate(event)).isEmpty();
		assertThat(event.at("/src_endpoint/location").propertyNames()).containsExactly("city");
		assertThat(event.at("/unmapped/country_code").stringValue()).isEqualTo("Germany");
		assertThat(event.at("/unmapped/latitude").stringValue()).isEqualTo("91");
		assertThat(event.at("/unmapped/longitude").stringValue()).isEqualTo("NaN");
	}

	@Test
	void fromWhenThereAreNullsAndOtherFormsShouldKeepThemUnmapped() {
		AuditLog entry = AuditLog.builder()
			.code("db-create")
			.data(Collections.singletonMap("seed", null))
			.additional("data", "not an object")
			.additional("created_at", "yesterday")
			.build();
		JsonNode event = event(entry);
		assertThat(this.schema.validate(event)).isEmpty();
		assertThat(event.at("/unmapped/data").stringValue()).isEqualTo("not an object");
		assertThat(event.at("/unmapped/details/seed").isNull()).isTrue();
		assertThat(event.at("/unmapped/created_at").stringValue()).isEqualTo("yesterday");
	}

	@Test
	void fromShouldHaveEveryValueOfTheEntry() {
		String event = event(full("db-create").build()).toString();
		assertThat(List.of("db-create", "Database users created", "cli", "iku", "users", "203.0.113.7", "Berlin", "DE",
				"52.52", "13.4", "request_id"))
			.allSatisfy((value) -> assertThat(event).contains(value));
	}

	private JsonNode event(AuditLog entry) {
		return OcsfSchema.json(OcsfEvents.from(entry, "acme"));
	}

	private static AuditLog.Builder full(String code) {
		return AuditLog.builder()
			.code(code)
			.message("Database users created")
			.origin("cli")
			.author("iku")
			.createdAt(Instant.parse("2026-01-02T03:04:05Z"))
			.data(Map.of("database", "users", "group", "default", "nested", Map.of("list", List.of(1, true))))
			.ip("203.0.113.7")
			.city("Berlin")
			.countryCode("de")
			.latitude("52.52")
			.longitude("13.40")
			.additional("request_id", 7);
	}

}
