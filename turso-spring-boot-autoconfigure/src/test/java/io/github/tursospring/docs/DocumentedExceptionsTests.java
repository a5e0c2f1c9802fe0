package io.github.tursospring.docs;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import io.github.tursospring.auditlog.TursoApiError;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoException.Reason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares {@code docs/reference/exceptions.md} with the code.
 */
class DocumentedExceptionsTests {

	private static final String PAGE = "docs/reference/exceptions.md";

	@Test
	void failuresShouldBeThoseOfTheApi() {
		Set<String> failures = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("io.github.tursospring")
			.stream()
			.filter((type) -> type.isAssignableTo(TursoException.class))
			.filter((type) -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getSimpleName)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(firstCells("| exception | reason |")).containsExactlyInAnyOrderElementsOf(failures);
	}

	@Test
	void misuseShouldBeThatOfTheApi() {
		Set<String> others = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("io.github.tursospring")
			.stream()
			.filter((type) -> type.isAssignableTo(IllegalArgumentException.class))
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC)
					&& !type.getPackageName().contains("internal"))
			.map(JavaClass::getSimpleName)
			.collect(Collectors.toCollection(TreeSet::new));
		others.add("IllegalArgumentException");
		assertThat(firstCells("| exception | when |")).containsExactlyInAnyOrderElementsOf(others);
	}

	@Test
	void reasonsShouldBeThoseOfTheApi() {
		List<String> documented = new ArrayList<>();
		for (List<String> row : Documents.rows(PAGE, "| exception | reason |")) {
			documented.addAll(Documents.literals(row.get(1)));
		}
		assertThat(documented)
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(Reason.values()).map(Reason::value).toList());
	}

	@Test
	void reasonsShouldBeThoseOfTheExceptions() throws ReflectiveOperationException {
		for (List<String> row : Documents.rows(PAGE, "| exception | reason |")) {
			Class<?> type = Class
				.forName(TursoException.class.getPackageName() + "." + Documents.literals(row.get(0)).get(0));
			assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
			assertThat(row.get(1)).contains("`" + create(type).reason().value() + "`");
			assertThat(row.get(3)).as(type.getSimpleName()).isNotBlank();
		}
	}

	private static TursoException create(Class<?> type) throws ReflectiveOperationException {
		TursoApiError error = new TursoApiError(500, null, null, "GET", "/");
		for (var constructor : type.getConstructors()) {
			List<Class<?>> parameters = List.of(constructor.getParameterTypes());
			if (parameters.equals(List.of(String.class))) {
				return (TursoException) constructor.newInstance("text");
			}
			if (parameters.equals(List.of(String.class, TursoApiError.class))) {
				return (TursoException) constructor.newInstance("text", error);
			}
			if (parameters.size() == 3 && parameters.get(1).equals(TursoApiError.class)) {
				return (TursoException) constructor.newInstance("text", error, null);
			}
			if (parameters.equals(List.of(String.class, Throwable.class))) {
				return (TursoException) constructor.newInstance("text", null);
			}
		}
		throw new IllegalStateException("No constructor of " + type);
	}

	private static List<String> firstCells(String header) {
		return Documents.rows(PAGE, header).stream().map((row) -> Documents.literals(row.get(0)).get(0)).toList();
	}

}
