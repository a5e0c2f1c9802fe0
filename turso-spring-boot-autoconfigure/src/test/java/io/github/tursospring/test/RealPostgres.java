package io.github.tursospring.test;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server, from binaries that come in a jar, for the life of this JVM. It
 * refuses to run as root: where the tests do, it runs as another user.
 */
public final class RealPostgres {

	private static final String OWNER = "postgres";

	private static final List<List<String>> AS_NOBODY = List.of(
			List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
			List.of("su", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", "nobody"));

	private static final AtomicInteger DATABASES = new AtomicInteger();

	private static @Nullable RealPostgres server;

	private final Path directory;

	private final List<String> prefix;

	private final int port;

	private RealPostgres(Path directory, List<String> prefix, int port) {
		this.directory = directory;
		this.prefix = prefix;
		this.port = port;
	}

	/**
	 * Start the server, unless it runs.
	 * @return the server
	 */
	public static synchronized RealPostgres start() {
		if (server == null) {
			server = startNew();
		}
		return server;
	}

	/**
	 * Return the URL of the server's own database. Needs no password.
	 * @return the URL
	 */
	public String jdbcUrl() {
		return jdbcUrl(OWNER);
	}

	/**
	 * Create an empty database.
	 * @return its URL
	 */
	public String createDatabase() {
		String name = "test" + DATABASES.incrementAndGet();
		try (Connection connection = DriverManager.getConnection(jdbcUrl());
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return jdbcUrl(name);
	}

	private String jdbcUrl(String database) {
		return "jdbc:postgresql://127.0.0.1:" + this.port + "/" + database + "?user=" + OWNER;
	}

	private static RealPostgres startNew() {
		try {
			Path directory = Files.createTempDirectory("postgres");
			extract(directory);
			open(directory);
			RealPostgres postgres = new RealPostgres(directory, prefix(), freePort());
			Runtime.getRuntime().addShutdownHook(new Thread(postgres::stop));
			postgres.run("initdb", "-D", postgres.data(), "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C",
					"--no-sync");
			postgres.run("pg_ctl", "start", "-w", "-D", postgres.data(), "-l",
					directory.resolve("server.log").toString(), "-o", "-p " + postgres.port + " -h 127.0.0.1 -k '' -F");
			return postgres;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("PostgreSQL did not start", ex);
		}
	}

	private static void extract(Path directory) throws IOException {
		String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
		String architecture = System.getProperty("os.arch");
		try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, architecture);
				TarArchiveInputStream tar = new TarArchiveInputStream(
						new XZInputStream(new BufferedInputStream(archive)))) {
			TarArchiveEntry entry = tar.getNextEntry();
			while (entry != null) {
				extract(tar, entry, directory.resolve(entry.getName()));
				entry = tar.getNextEntry();
			}
		}
	}

	private static void extract(InputStream content, TarArchiveEntry entry, Path path) throws IOException {
		if (entry.isDirectory()) {
			Files.createDirectories(path);
			return;
		}
		Files.createDirectories(path.getParent());
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
		}
		else {
			Files.copy(content, path);
		}
	}

	private static void open(Path directory) throws IOException {
		try (Stream<Path> paths = Files.walk(directory)) {
			for (Path path : paths.filter((candidate) -> !Files.isSymbolicLink(candidate)).toList()) {
				Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
			}
		}
		Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
	}

	/** What to put before a command that must not run as root. */
	private static List<String> prefix() throws IOException {
		if (!userId(List.of()).equals("0")) {
			return List.of();
		}
		for (List<String> candidate : AS_NOBODY) {
			if (userId(candidate).matches("[1-9]\\d*")) {
				return candidate;
			}
		}
		throw new IOException("PostgreSQL does not run as root, and neither 'setpriv' nor 'su' gives another user");
	}

	private static String userId(List<String> prefix) {
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of("id", "-u"));
		try {
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		}
		catch (IOException ex) {
			return "";
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private String data() {
		return this.directory.resolve("data").toString();
	}

	private void run(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(this.prefix);
		command.add(this.directory.resolve("bin").resolve(program).toString());
		command.addAll(List.of(arguments));
		Path output = Files.createTempFile(this.directory, program, ".log");
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().put("LC_ALL", "C");
		Process process = builder.start();
		try {
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new IOException(command + " failed: " + Files.readString(output));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private void stop() {
		try {
			run("pg_ctl", "stop", "-m", "immediate", "-D", data());
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			// The JVM is ending and the directory is a temporary one.
		}
	}

}
