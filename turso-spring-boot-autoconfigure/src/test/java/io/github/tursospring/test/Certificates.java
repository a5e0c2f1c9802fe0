package io.github.tursospring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.springframework.util.FileSystemUtils;

/**
 * A certificate authority of its own, with a server's and a client's keys that it has
 * signed. Made anew by the JDK's {@code keytool} in each JVM, so that nothing expires.
 */
public final class Certificates {

	/** The password of all key stores. */
	public static final String PASSWORD = "changeit";

	private static final Path DIRECTORY = make();

	private Certificates() {
	}

	/**
	 * Return the trust store that holds the authority's certificate.
	 * @return the file, of type PKCS12
	 */
	public static Path trustStore() {
		return DIRECTORY.resolve("trust.p12");
	}

	/**
	 * Return the key store of the server that is called {@code localhost}, and nothing
	 * else.
	 * @return the file, of type PKCS12
	 */
	public static Path server() {
		return DIRECTORY.resolve("server.p12");
	}

	/**
	 * Return the key store of a client.
	 * @return the file, of type PKCS12
	 */
	public static Path client() {
		return DIRECTORY.resolve("client.p12");
	}

	private static Path make() {
		try {
			Path directory = Files.createTempDirectory("certificates");
			Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
			generateKey(directory, "authority", "-ext", "bc:c");
			keytool(directory, "-exportcert", "-keystore", "authority.p12", "-alias", "authority", "-rfc", "-file",
					"authority.pem");
			keytool(directory, "-importcert", "-noprompt", "-keystore", "trust.p12", "-alias", "authority", "-file",
					"authority.pem");
			generateSigned(directory, "server", "-ext", "san=dns:localhost");
			generateSigned(directory, "client", "-ext", "eku=clientAuth");
			return directory;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void generateKey(Path directory, String name, String... extensions) throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-keystore", name + ".p12", "-alias", name,
				"-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name, "-validity", "2"));
		arguments.addAll(List.of(extensions));
		keytool(directory, arguments.toArray(String[]::new));
	}

	private static void generateSigned(Path directory, String name, String... extensions) throws IOException {
		generateKey(directory, name);
		keytool(directory, "-certreq", "-keystore", name + ".p12", "-alias", name, "-file", name + ".csr");
		List<String> arguments = new ArrayList<>(List.of("-gencert", "-keystore", "authority.p12", "-alias",
				"authority", "-infile", name + ".csr", "-outfile", name + ".pem", "-rfc", "-validity", "2"));
		arguments.addAll(List.of(extensions));
		keytool(directory, arguments.toArray(String[]::new));
		Files.writeString(directory.resolve(name + ".chain"), Files.readString(directory.resolve(name + ".pem"))
				+ Files.readString(directory.resolve("authority.pem")));
		keytool(directory, "-importcert", "-noprompt", "-keystore", name + ".p12", "-alias", name, "-file",
				name + ".chain");
	}

	private static void keytool(Path directory, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
		command.addAll(List.of(arguments));
		command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
		Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		try {
			if (process.waitFor() != 0) {
				throw new IOException(command + " failed: " + output);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private static void delete(Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			// The JVM is ending and the directory is a temporary one.
		}
	}

}
