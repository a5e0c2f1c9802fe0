package io.github.tursospring.auditlog;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AuditLogRuntimeHints}.
 */
class AuditLogRuntimeHintsTests {

	private final RuntimeHints hints = registered();

	@Test
	void hintsShouldIncludeSerializersOfAnnotations() {
		List<Class<?>> named = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("io.github.tursospring")
			.stream()
			.map(JavaClass::reflect)
			.flatMap(AuditLogRuntimeHintsTests::namedByAnnotation)
			.toList();
		assertThat(named).contains(AuditLogSerializer.class, AuditLogDeserializer.class);
		assertThat(named).allSatisfy((type) -> assertThat(RuntimeHintsPredicates.reflection()
			.onType(type)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(this.hints));
	}

	@Test
	void hintsShouldIncludePages() throws NoSuchMethodException {
		assertBound(AuditLogPage.class, "auditLogs", "nextPageToken", "hasMore", "pagination");
		assertBound(AuditLogPage.Pagination.class, "page", "pageSize", "totalPages", "totalRows");
	}

	@Test
	void hintsShouldIncludeCodes() throws NoSuchMethodException {
		assertBound(AuditLogCode.class, "value");
		Method creator = AuditLogCode.class.getMethod("of", String.class);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(creator)).accepts(this.hints);
	}

	private void assertBound(Class<?> type, String... components) throws NoSuchMethodException {
		for (String component : components) {
			Method accessor = type.getMethod(component);
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(accessor)).as(component)
				.accepts(this.hints);
		}
		for (Constructor<?> constructor : type.getDeclaredConstructors()) {
			assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(constructor)).accepts(this.hints);
		}
	}

	private static Stream<Class<?>> namedByAnnotation(Class<?> type) {
		JsonSerialize serialize = type.getAnnotation(JsonSerialize.class);
		JsonDeserialize deserialize = type.getAnnotation(JsonDeserialize.class);
		return Stream.concat((serialize != null) ? Stream.of(serialize.using()) : Stream.empty(),
				(deserialize != null) ? Stream.of(deserialize.using()) : Stream.empty());
	}

	private static RuntimeHints registered() {
		RuntimeHints hints = new RuntimeHints();
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar instanceof AuditLogRuntimeHints)
			.forEach((registrar) -> registrar.registerHints(hints, null));
		return hints;
	}

}
