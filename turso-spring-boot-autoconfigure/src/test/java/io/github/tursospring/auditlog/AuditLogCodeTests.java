package io.github.tursospring.auditlog;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuditLogCode}.
 */
class AuditLogCodeTests {

	@ParameterizedTest
	@ValueSource(strings = { "user-signup", "db-create", "db-delete", "db-protect", "db-unprotect", "db-token-create",
			"group-token-create", "user-token-create", "instance-create", "instance-delete", "org-create", "org-delete",
			"org-member-add", "org-member-rm", "org-member-leave", "org-plan-update", "org-set-overages",
			"group-create", "group-delete", "group-unarchive", "group-protect", "group-unprotect", "db-aunrchive",
			"user-delete", "mfa-enable", "mfa-disable" })
	void documentedCodesShouldHaveConstants(String value) throws IllegalAccessException {
		assertThat(constants()).containsKey(value);
		assertThat(AuditLogCode.of(value)).isSameAs(constants().get(value));
	}

	@Test
	void constantsShouldBeDocumentedCodes() throws IllegalAccessException {
		assertThat(constants()).hasSize(26).containsEntry("db-aunrchive", AuditLogCode.DB_UNARCHIVE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "db-rename", "", " ", "DB-CREATE", "löschen" })
	void ofWhenCodeIsUnknownShouldKeepValue(String value) {
		AuditLogCode code = AuditLogCode.of(value);
		assertThat(code.value()).isEqualTo(value);
		assertThat(code).isEqualTo(AuditLogCode.of(value))
			.hasSameHashCodeAs(AuditLogCode.of(value))
			.hasToString(value)
			.isNotEqualTo(AuditLogCode.DB_CREATE);
	}

	@Test
	void jsonShouldBeString() {
		JsonMapper mapper = new JsonMapper();
		assertThat(mapper.writeValueAsString(AuditLogCode.DB_CREATE)).isEqualTo("\"db-create\"");
		assertThat(mapper.readValue("\"db-create\"", AuditLogCode.class)).isSameAs(AuditLogCode.DB_CREATE);
		assertThat(mapper.readValue("\"db-rename\"", AuditLogCode.class)).isEqualTo(AuditLogCode.of("db-rename"));
	}

	private static Map<String, AuditLogCode> constants() throws IllegalAccessException {
		Map<String, AuditLogCode> constants = new HashMap<>();
		for (Field field : Arrays.stream(AuditLogCode.class.getFields())
			.filter((field) -> Modifier.isStatic(field.getModifiers()))
			.toList()) {
			AuditLogCode code = (AuditLogCode) field.get(null);
			constants.put(code.value(), code);
		}
		return constants;
	}

}
