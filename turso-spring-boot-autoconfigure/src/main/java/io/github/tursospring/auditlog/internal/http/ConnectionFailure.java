package io.github.tursospring.auditlog.internal.http;

import java.security.cert.CertificateException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Why no answer came, as far as it tells what to do about it.
 */
enum ConnectionFailure {

	/** The server has shown a certificate that is not trusted here. */
	UNTRUSTED("The certificate that the server shows is not trusted here. Check turso.base-url; if the server, or a"
			+ " proxy on the way, has a certificate authority of its own, set turso.ssl.bundle to a bundle whose trust"
			+ " store holds it."),

	/** TLS has failed otherwise; a certificate of the client may be missing. */
	TLS("Check turso.base-url with its scheme and port, and turso.ssl.bundle: a server that demands a certificate of its clients needs a bundle"
			+ " with a key store."),

	/** Anything else. */
	NETWORK("Check the network, turso.base-url, and the time-outs turso.connect-timeout and turso.read-timeout.");

	private static final int MAX_CAUSES = 20;

	private final String advice;

	ConnectionFailure(String advice) {
		this.advice = advice;
	}

	/**
	 * Tell the kind of a failure.
	 * @param failure the failure, with its causes
	 * @return its kind
	 */
	static ConnectionFailure of(Throwable failure) {
		ConnectionFailure kind = NETWORK;
		Throwable current = failure;
		for (int i = 0; i < MAX_CAUSES && current != null; i++) {
			if (current instanceof CertificateException || current instanceof SSLPeerUnverifiedException) {
				return UNTRUSTED;
			}
			if (current instanceof SSLException) {
				kind = TLS;
			}
			current = current.getCause();
		}
		return kind;
	}

	/**
	 * Return what to do.
	 * @return the advice, in whole sentences
	 */
	String advice() {
		return this.advice;
	}

	/**
	 * Return whether it will fail in the same way when it is tried again.
	 * @return whether there is no use in trying again
	 */
	boolean isLasting() {
		return this == UNTRUSTED;
	}

}
