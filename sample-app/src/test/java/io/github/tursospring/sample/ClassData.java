package io.github.tursospring.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

import org.springframework.util.FileSystemUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An archive of the classes that the application loads, for tests that start it again and
 * again: it saves a third of the processor time of a start.
 */
final class ClassData {

	private static List<String> options = List.of();

	private ClassData() {
	}

	/** Return the options of a JVM that runs the application. */
	static synchronized List<String> options() throws IOException, InterruptedException {
		if (options.isEmpty()) {
			Path directory = Files.createTempDirectory("class-data");
			Runtime.getRuntime()
				.addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(directory.toFile())));
			options = create(directory);
		}
		return options;
	}

	private static List<String> create(Path directory) throws IOException, InterruptedException {
		// Only classes of jars are archived
		List<String> classPath = new ArrayList<>();
		for (String element : StringUtils.tokenizeToStringArray(System.getProperty("java.class.path"),
				File.pathSeparator)) {
			String jar = Files.isDirectory(Path.of(element)) ? directory.resolve(classPath.size() + ".jar").toString()
					: element;
			if (!jar.equals(element)) {
				assertThat(ToolProvider.findFirst("jar")
					.orElseThrow()
					.run(System.out, System.err, "--create", "--no-compress", "--file", jar, "-C", element, "."))
					.isZero();
			}
			classPath.add(jar);
		}
		String archive = directory.resolve("classes.jsa").toString();
		List<String> classes = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
				String.join(File.pathSeparator, classPath));
		List<String> command = new ArrayList<>(
				List.of(ConsoleProcess.JAVA, "-XX:ArchiveClassesAtExit=" + archive, "-Dspring.context.exit=onRefresh"));
		command.addAll(classes);
		command.addAll(List.of(SampleApplication.class.getName(), "--server.port=0",
				"--spring.datasource.url=jdbc:sqlite:" + directory.resolve("audit-log.db"),
				"--console.evidence.key-file=" + directory.resolve("audit-log.key")));
		Path output = directory.resolve("output.log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		assertThat(process.waitFor()).as("%s", Files.readString(output)).isZero();
		List<String> withArchive = new ArrayList<>(List.of("-XX:SharedArchiveFile=" + archive));
		withArchive.addAll(classes);
		return withArchive;
	}

}
