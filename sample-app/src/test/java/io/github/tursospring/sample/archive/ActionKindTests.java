package io.github.tursospring.sample.archive;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.tursospring.auditlog.AuditLogCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ActionKind}.
 */
class ActionKindTests {

	@ParameterizedTest
	@CsvSource({ "db-delete, DESTRUCTIVE", "user-delete, DESTRUCTIVE", "branch-rm, DESTRUCTIVE", "org-create, CREATED",
			"instance-create, CREATED", "db-token-create, ACCESS", "group-unprotect, ACCESS", "mfa-disable, ACCESS",
			"org-member-rm, MEMBERS", "org-member-leave, MEMBERS", "user-signup, MEMBERS", "org-plan-update, OTHER",
			"db-aunrchive, OTHER", "something-new, OTHER" })
	void ofShouldReturnKindOfCode(String code, ActionKind kind) {
		assertThat(ActionKind.of(AuditLogCode.of(code))).isEqualTo(kind);
	}

	@Test
	void ofWhenCodeIsNullShouldReturnOther() {
		assertThat(ActionKind.of(null)).isEqualTo(ActionKind.OTHER);
	}

}
