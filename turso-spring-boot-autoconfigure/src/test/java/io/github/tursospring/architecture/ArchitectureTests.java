package io.github.tursospring.architecture;

import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.internal.DefaultAuditLogClientBuilder;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shape of the library.
 */
class ArchitectureTests {

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages("io.github.tursospring");

	@Test
	void packagesShouldBeFreeOfCycles() {
		SlicesRuleDefinition.slices()
			.matching("io.github.tursospring.(**)")
			.should()
			.beFreeOfCycles()
			.ignoreDependency(AuditLogClient.class, DefaultAuditLogClientBuilder.class)
			.check(CLASSES);
	}

	@Test
	void clientShouldNotUseSpringBoot() {
		noClasses().that()
			.resideInAPackage("io.github.tursospring.auditlog..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot..")
			.check(CLASSES);
	}

	/**
	 * {@code AuditLogClient.builder()} is the one way in. The managed followers and the
	 * deliveries, which have no API, are beans of their auto-configuration, and the
	 * connector that the auto-configuration builds gets a channel handler, and cancels
	 * safely.
	 */
	@Test
	void publicTypesShouldNotMentionInternalTypes() {
		assertThat(CLASSES).filteredOn((type) -> !isInternal(type))
			.flatMap(JavaClass::getDirectDependenciesFromSelf)
			.filteredOn((dependency) -> isInternal(dependency.getTargetClass()))
			.filteredOn((dependency) -> !isFollowerWiring(dependency) && !isConnectorWiring(dependency))
			.extracting(Dependency::getDescription)
			.allSatisfy((use) -> assertThat(use).startsWith("Method <" + AuditLogClient.class.getName() + ".builder()>")
				.contains(DefaultAuditLogClientBuilder.class.getName()))
			.isNotEmpty();
	}

	private static boolean isInternal(JavaClass type) {
		return type.getPackageName().contains(".internal");
	}

	private static boolean isFollowerWiring(Dependency dependency) {
		String origin = dependency.getOriginClass().getPackageName();
		String target = dependency.getTargetClass().getPackageName();
		return Stream.of("follow", "delivery")
			.anyMatch((part) -> origin.equals("io.github.tursospring.autoconfigure." + part)
					&& (target.equals("io.github.tursospring.auditlog.internal." + part)
							|| dependency.getTargetClass().getSimpleName().equals("Backoff")));
	}

	private static boolean isConnectorWiring(Dependency dependency) {
		return dependency.getOriginClass().getName().startsWith("io.github.tursospring.autoconfigure.TursoHttpClient")
				&& Set.of("InformationalResponses", "SafeCancellation")
					.contains(dependency.getTargetClass().getSimpleName());
	}

	@Test
	void engineShouldNotDependOnHttp() {
		noClasses().that()
			.resideInAPackage("io.github.tursospring.auditlog.internal.reading")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "tools.jackson..")
			.check(CLASSES);
	}

	@Test
	void engineShouldBePure() {
		noClasses().that()
			.resideInAPackage("io.github.tursospring.auditlog.internal.engine")
			.should()
			.dependOnClassesThat(DescribedPredicate.describe("do I/O, schedule, log, or tell the time",
					(JavaClass type) -> type.getPackageName().startsWith("reactor")
							|| type.getPackageName().startsWith("org.springframework")
							|| type.getPackageName().startsWith("org.apache.commons.logging")
							|| type.getPackageName().startsWith("tools.jackson")
							|| type.getName().equals("java.time.Clock")
							|| (type.getPackageName().endsWith("internal.http")
									&& !type.getSimpleName().equals("SourcePage"))))
			.check(CLASSES);
	}

	@Test
	void onlyObservationShouldDependOnMicrometer() {
		noClasses().that()
			.resideOutsideOfPackage("..observation..")
			.and()
			.areNotAssignableTo(AuditLogClient.Builder.class)
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.micrometer..")
			.check(CLASSES);
	}

	@Test
	void healthIndicatorShouldNotDependOnConfiguration() {
		noClasses().that()
			.resideInAPackage("io.github.tursospring.health")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("..autoconfigure..")
			.check(CLASSES);
	}

	@Test
	void autoConfigurationsShouldBePublicAndFinal() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.check(CLASSES);
	}

	@Test
	void beanMethodsShouldBePackagePrivate() {
		methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate().check(CLASSES);
	}

	@Test
	void beanMethodsShouldNotHaveConditionOnClass() {
		methods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.notBeAnnotatedWith("org.springframework.boot.autoconfigure.condition.ConditionalOnClass")
			.check(CLASSES);
	}

	@Test
	void caseChangesShouldHaveLocale() {
		ArchRuleDefinition.noClasses()
			.should(ArchConditions.callMethod(String.class, "toLowerCase"))
			.orShould(ArchConditions.callMethod(String.class, "toUpperCase"))
			.check(CLASSES);
	}

	@Test
	void packagesShouldBeNullMarked() {
		classes()
			.that(DescribedPredicate.describe("are package-info",
					(JavaClass type) -> type.getSimpleName().equals("package-info")))
			.should()
			.beAnnotatedWith("org.jspecify.annotations.NullMarked")
			.check(CLASSES);
		classes()
			.that(DescribedPredicate.describe("are classes",
					(JavaClass type) -> !type.getSimpleName().equals("package-info")))
			.should(ArchConditions.have(DescribedPredicate.describe("a package-info",
					(JavaClass type) -> CLASSES.contain(type.getPackageName() + ".package-info"))))
			.check(CLASSES);
	}

}
