package io.github.tursospring.docs;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import io.github.tursospring.auditlog.observation.AuditLogMeterDocumentation;
import io.github.tursospring.auditlog.observation.AuditLogObservationDocumentation;
import io.github.tursospring.autoconfigure.TursoFollowProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what the documents show exists: code, properties, links.
 */
class DocumentationTests {

	private static final List<String> MODULES = List.of("turso-mock-server", "turso-spring-boot-autoconfigure",
			"turso-spring-boot-starter", "turso-spring-boot-test", "integration-tests", "sample-app");

	@Test
	void javaOfEachDocumentShouldBeCompiled() {
		String sources = normalized(sources().map(Documents::text).collect(Collectors.joining("\n")));
		for (Path document : Documents.all()) {
			assertThat(Documents.blocks(document, "java")).as(document.toString())
				.allSatisfy((block) -> assertThat(
						sources.contains(normalized(block)) || sources.contains(withoutEndOfClass(normalized(block))))
					.as(block)
					.isTrue());
		}
	}

	@Test
	void yamlOfEachDocumentShouldHaveKnownProperties() {
		Map<String, String> properties = properties();
		for (Path document : Documents.all()) {
			for (String block : Documents.blocks(document, "yaml")) {
				assertThat(yaml(block).flatMap((source) -> Stream.of(source.getPropertyNames())))
					.as(document.toString())
					.isNotEmpty()
					.allSatisfy((key) -> assertThat(isKnown(key, properties)).as(key).isTrue());
			}
		}
	}

	@Test
	void yamlOfFollowingShouldBind() {
		for (String block : Documents.blocks("docs/guide/following.md", "yaml")) {
			MutablePropertySources sources = new MutablePropertySources();
			yaml(block).forEach(sources::addLast);
			Binder binder = new Binder(ConfigurationPropertySources.from(sources));
			assertThat(binder
				.bind("turso.audit-logs.follow", Bindable.of(TursoFollowProperties.class),
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
				.isBound()).isTrue();
		}
	}

	@Test
	void propertiesInTextShouldExist() {
		Map<String, String> properties = properties();
		Set<String> other = new TreeSet<>();
		for (AuditLogMeterDocumentation meter : AuditLogMeterDocumentation.values()) {
			other.add(meter.getName());
		}
		for (AuditLogObservationDocumentation.HighCardinalityKeyNames key : AuditLogObservationDocumentation.HighCardinalityKeyNames
			.values()) {
			other.add(key.asString());
		}
		other.addAll(List.of("turso.audit-logs.stream", "turso.audit-logs.stream.active"));
		for (Path document : Documents.all()) {
			if (document.endsWith("CHANGELOG.md")) {
				continue;
			}
			assertThat(Documents.literals(Documents.withoutBlocks(document))
				.stream()
				.filter((literal) -> literal.matches("(turso|management|spring)\\.[a-z0-9.-]+(=.*)?"))
				.map((literal) -> literal.replaceFirst("=.*", "")))
				.as(document.toString())
				.allSatisfy((
						key) -> assertThat(isKnown(key, properties) || isPrefix(key, properties) || other.contains(key))
							.as(key)
							.isTrue());
		}
	}

	@Test
	void classesInDocumentsOfInternalsShouldExist() {
		Set<String> classes = sources().map((file) -> file.getFileName().toString().replace(".java", ""))
			.collect(Collectors.toCollection(TreeSet::new));
		classes.add("Flux");
		for (Path document : Documents.all()) {
			if (document.startsWith("docs/internals")) {
				assertThat(Documents.literals(Documents.withoutBlocks(document))
					.stream()
					.filter((literal) -> literal.matches("[A-Z]\\w*[a-z]\\w*([.(].*)?"))
					.map((literal) -> literal.replaceFirst("[.(].*", ""))).as(document.toString())
					.isNotEmpty()
					.isSubsetOf(classes);
			}
		}
	}

	@Test
	void packagesOfArchitectureShouldBeComplete() {
		Set<String> packages = new TreeSet<>();
		for (List<String> row : Documents.rows("docs/internals/ARCHITECTURE.md", "| package |")) {
			packages.addAll(Documents.literals(row.get(0)));
		}
		Path source = Documents.ROOT.resolve("turso-spring-boot-autoconfigure/src/main/java/io/github/tursospring");
		assertThat(sources(source).stream()
			.filter((file) -> file.endsWith("package-info.java"))
			.map((file) -> source.relativize(file.getParent()).toString().replace(File.separatorChar, '.'))
			.filter((name) -> !name.startsWith("autoconfigure."))).containsExactlyInAnyOrderElementsOf(packages);
	}

	@Test
	void linksShouldLeadToFilesAndHeadings() {
		List<String> dead = new ArrayList<>();
		for (Path document : Documents.all()) {
			for (String link : Documents.links(document)) {
				if (!link.matches("[a-z]+:.*") && !exists(document, link)) {
					dead.add(document + ": " + link);
				}
			}
		}
		assertThat(dead).isEmpty();
	}

	@Test
	void tablesOfContentsShouldListEachSection() {
		for (Path document : Documents.all()) {
			List<String> contents = Documents.withoutBlocks(document)
				.lines()
				.filter((line) -> line.matches("- \\[[^]]+]\\(#[^)]+\\)"))
				.toList();
			if (!contents.isEmpty()) {
				assertThat(contents).as(document.toString())
					.containsExactlyInAnyOrderElementsOf(Documents.withoutBlocks(document)
						.lines()
						.filter((line) -> line.startsWith("## "))
						.map((line) -> line.substring(3))
						.map((title) -> "- [" + title + "](#" + Documents.anchor(title) + ")")
						.toList());
			}
		}
	}

	@Test
	void readmeShouldBeShort() {
		assertThat(Documents.text("README.md").lines()).hasSizeLessThanOrEqualTo(200);
	}

	@Test
	void readmeShouldRunAndTestByOneCommandEach() {
		assertThat(commands("## Run it"))
			.containsExactly("mvn -B -ntp -DskipTests -pl sample-app -am package spring-boot:run");
		assertThat(commands("## Test it")).containsExactly("mvn -B -ntp verify");
	}

	private static List<String> commands(String section) {
		String text = Documents.section("README.md", section);
		assertThat(text.split("```", -1)).as(section).hasSize(3);
		String block = text.substring(text.indexOf("```sh\n") + 6, text.lastIndexOf("```"));
		return block.lines().toList();
	}

	private static boolean exists(Path document, String link) {
		int hash = link.indexOf('#');
		String file = (hash < 0) ? link : link.substring(0, hash);
		Path target = file.isEmpty() ? document
				: Documents.ROOT.relativize(Documents.ROOT.resolve(document).resolveSibling(file).normalize());
		return Files.exists(Documents.ROOT.resolve(target))
				&& (hash < 0 || Documents.anchors(target).contains(link.substring(hash + 1)));
	}

	private static Stream<EnumerablePropertySource<?>> yaml(String block) {
		try {
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("yaml",
					new ByteArrayResource(block.getBytes(StandardCharsets.UTF_8)));
			return sources.stream().map((source) -> (EnumerablePropertySource<?>) source);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isKnown(String key, Map<String, String> properties) {
		// The console's login and address: neither is on the class path of the library.
		if (key.startsWith("spring.security.") || key.equals("server.address")) {
			return true;
		}
		String name = key.replaceAll("\\[\\d+]", "");
		return properties.containsKey(name) || properties.entrySet()
			.stream()
			.anyMatch((property) -> property.getValue().startsWith("java.util.Map")
					&& name.startsWith(property.getKey() + "."));
	}

	private static boolean isPrefix(String key, Map<String, String> properties) {
		return properties.keySet().stream().anyMatch((property) -> property.startsWith(key + "."));
	}

	/** Properties with their types, of this library and of Spring Boot. */
	private static Map<String, String> properties() {
		Map<String, String> properties = new TreeMap<>();
		try {
			for (URL url : Collections.list(DocumentationTests.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream json = url.openStream()) {
					for (JsonNode property : JsonMapper.shared().readTree(json).get("properties")) {
						JsonNode type = property.get("type");
						properties.put(property.get("name").stringValue(), (type != null) ? type.stringValue() : "");
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

	private static Stream<Path> sources() {
		return MODULES.stream()
			.flatMap((module) -> Stream.of(module + "/src/main/java", module + "/src/test/java"))
			.map(Documents.ROOT::resolve)
			.filter(Files::isDirectory)
			.flatMap((folder) -> sources(folder).stream());
	}

	private static List<Path> sources(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String normalized(String code) {
		return code.replaceAll("\\s", "").replace("staticclass", "class");
	}

	/** A document may leave out what a class has at its end. */
	private static String withoutEndOfClass(String block) {
		return block.endsWith("}}") ? block.substring(0, block.length() - 1) : block;
	}

}
