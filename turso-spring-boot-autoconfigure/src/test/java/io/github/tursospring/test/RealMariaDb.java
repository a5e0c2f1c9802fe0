package io.github.tursospring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

import org.springframework.util.FileSystemUtils;

/**
 * A MariaDB server of this machine's installation (Debian: {@code mariadb-server}), with
 * data of its own, for the life of this JVM. Tests are skipped where it is not installed,
 * except in CI.
 */
public final class RealMariaDb {

	private static final AtomicInteger DATABASES = new AtomicInteger();

	private static @Nullable RealMariaDb server;

	private final Path directory;

	private final int port;

	private final Process process;

	private RealMariaDb(Path directory, int port, Process process) {
		this.directory = directory;
		this.port = port;
		this.process = process;
	}

	/**
	 * Start the server, unless it runs, or skip the test.
	 * @return the server
	 */
	public static synchronized RealMariaDb startOrSkip() {
		if (server == null) {
			Path program = find("mariadbd");
			boolean inCi = "true".equals(System.getenv("CI"));
			if (program == null && !inCi) {
				System.out.println("Tests with MariaDB are skipped: mariadbd is not installed (mariadb-server)");
			}
			Assumptions.assumeTrue(program != null || inCi, "mariadbd is not installed");
			if (program == null) {
				throw new IllegalStateException("CI needs mariadbd: install mariadb-server");
			}
			server = start(program);
		}
		return server;
	}

	/**
	 * Create an empty database.
	 * @return its URL
	 */
	public String createDatabase() {
		String name = "test" + DATABASES.incrementAndGet();
		try (Connection connection = DriverManager.getConnection(url("mysql"));
				Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return url(name);
	}

	private String url(String database) {
		return "jdbc:mariadb://127.0.0.1:" + this.port + "/" + database + "?user=root";
	}

	private static RealMariaDb start(Path program) {
		try {
			Path directory = Files.createTempDirectory("mariadb");
			int port = freePort();
			List<String> own = List.of("--no-defaults", "--datadir=" + directory.resolve("data"));
			List<String> install = new ArrayList<>(List.of(require("mariadb-install-db").toString()));
			install.addAll(own);
			install.addAll(List.of("--auth-root-authentication-method=normal", "--skip-test-db", "--user=root"));
			run(directory, install);
			List<String> command = new ArrayList<>(List.of(program.toString()));
			command.addAll(own);
			command.addAll(List.of("--user=root", "--bind-address=127.0.0.1", "--port=" + port,
					"--socket=" + directory.resolve("socket"), "--pid-file=" + directory.resolve("pid"),
					"--innodb-buffer-pool-size=32M"));
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(directory.resolve("server.log").toFile())
				.start();
			RealMariaDb mariaDb = new RealMariaDb(directory, port, process);
			Runtime.getRuntime().addShutdownHook(new Thread(mariaDb::stop));
			Awaitility.await()
				.atMost(Duration.ofMinutes(2))
				.pollInterval(Duration.ofMillis(50))
				.until(mariaDb::isReady);
			return mariaDb;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("MariaDB did not start", ex);
		}
	}

	private boolean isReady() throws IOException {
		if (!this.process.isAlive()) {
			throw new IOException("mariadbd ended: " + Files.readString(this.directory.resolve("server.log")));
		}
		try (Connection connection = DriverManager.getConnection(url("mysql"))) {
			return connection.isValid(1);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private static void run(Path directory, List<String> command) throws IOException {
		Path output = directory.resolve("install.log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new IOException(command + " failed: " + Files.readString(output));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private static Path require(String program) throws IOException {
		Path found = find(program);
		if (found == null) {
			throw new IOException(program + " is not installed");
		}
		return found;
	}

	private static @Nullable Path find(String program) {
		return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/bin"))
			.map((directory) -> Path.of(directory, program))
			.filter(Files::isExecutable)
			.findFirst()
			.orElse(null);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void stop() {
		this.process.destroyForcibly().onExit().join();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			// The JVM is ending and the directory is a temporary one.
		}
	}

}
