package io.github.tursospring.sample.evidence;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Objects;

import org.springframework.boot.ssl.pem.PemContent;

import io.github.tursospring.sample.archive.OwnerOnly;

/**
 * The Ed25519 key that seals are signed with. Its file is PKCS#8 in PEM, as
 * {@code openssl genpkey -algorithm ed25519} writes it.
 */
public final class SigningKey {

	private static final String ALGORITHM = "Ed25519";

	private final KeyPair pair;

	private SigningKey(KeyPair pair) {
		this.pair = pair;
	}

	/** Read the key, or make it if there is no file. */
	public static SigningKey of(Path file) throws IOException {
		try {
			if (!Files.exists(file)) {
				create(file);
			}
			EdECPrivateKey key = (EdECPrivateKey) Objects.requireNonNull(PemContent.load(file).getPrivateKey());
			return new SigningKey(pairOf(key.getBytes().orElseThrow()));
		}
		catch (GeneralSecurityException | RuntimeException ex) {
			throw new IOException("'" + file + "' holds no Ed25519 private key in PEM (PKCS#8)", ex);
		}
	}

	private static void create(Path file) throws GeneralSecurityException, IOException {
		KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
		try (FileChannel channel = OwnerOnly.create(file)) {
			channel.write(StandardCharsets.US_ASCII.encode(pem("PRIVATE KEY", pair.getPrivate().getEncoded())));
		}
		catch (FileAlreadyExistsException ex) {
			// Another instance has made it
		}
	}

	/** The JDK derives a public key from a private one only while it makes a pair. */
	private static KeyPair pairOf(byte[] seed) throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
		generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {

			@Override
			public void nextBytes(byte[] bytes) {
				System.arraycopy(seed, 0, bytes, 0, bytes.length);
			}

		});
		return generator.generateKeyPair();
	}

	String sign(String text) {
		try {
			Signature signature = Signature.getInstance(ALGORITHM);
			signature.initSign(this.pair.getPrivate());
			signature.update(text.getBytes(StandardCharsets.UTF_8));
			return Base64.getEncoder().encodeToString(signature.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Signing failed", ex);
		}
	}

	static boolean verifies(Seal seal) {
		return verifies(seal.publicKey(), seal.text(), seal.signature());
	}

	/** Return whether a signature is of this key and a text. */
	boolean verifies(String text, String signature) {
		return verifies(publicKey(), text, signature);
	}

	private static boolean verifies(String publicKey, String text, String signed) {
		try {
			PublicKey key = KeyFactory.getInstance(ALGORITHM)
				.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
			Signature signature = Signature.getInstance(ALGORITHM);
			signature.initVerify(key);
			signature.update(text.getBytes(StandardCharsets.UTF_8));
			return signature.verify(Base64.getDecoder().decode(signed));
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			return false;
		}
	}

	String publicKey() {
		return Base64.getEncoder().encodeToString(this.pair.getPublic().getEncoded());
	}

	/** Return the public key. */
	public String publicKeyPem() {
		return pem("PUBLIC KEY", this.pair.getPublic().getEncoded());
	}

	private static String pem(String type, byte[] encoded) {
		return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(encoded)
				+ "\n-----END " + type + "-----\n";
	}

}
