package io.github.tursospring.auditlog;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Reflection hints for Jackson: for reading entries from Turso, and for applications that
 * write or read entries and pages.
 */
class AuditLogRuntimeHints implements RuntimeHintsRegistrar {

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection()
			.registerType(AuditLogSerializer.class, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)
			.registerType(AuditLogDeserializer.class, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
		this.bindings.registerReflectionHints(hints.reflection(), AuditLog.class, AuditLogPage.class,
				AuditLogCode.class);
	}

}
