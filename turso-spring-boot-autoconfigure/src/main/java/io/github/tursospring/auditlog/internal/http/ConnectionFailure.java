package io.github.tursospring.auditlog.internal.http;

import java.security.cert.CertificateException;
import java.util.concurrent.RejectedExecutionException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Kinds of failed connections, as far as they need different advice.
 */
enum ConnectionFailure {

	/** The certificate of the server is not trusted. */
	UNTRUSTED("The certificate of the server is not trusted. Check turso.base-url; if the server, or a proxy, has a"
			+ " certificate of a private authority, set turso.ssl.bundle to a bundle with that authority in its trust"
			+ " store."),

	/** TLS failed otherwise; a client certificate may be missing. */
	TLS("Check turso.base-url with its scheme and port, and turso.ssl.bundle: a server that requires a client"
			+ " certificate needs a bundle with a key store."),

	/** The event loops of the HTTP client have been shut down. */
	SHUT_DOWN("The HTTP client has been shut down."),

	/** Anything else. */
	NETWORK("Check the network, turso.base-url, and the timeouts turso.connect-timeout and turso.read-timeout.");

	private static final int MAX_CAUSES = 20;

	private final String advice;

	ConnectionFailure(String advice) {
		this.advice = advice;
	}

	/**
	 * Return the kind of a failure.
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
			if (current instanceof RejectedExecutionException) {
				return SHUT_DOWN;
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
	 * Return whether a retry fails in the same way.
	 * @return whether the failure is permanent
	 */
	boolean isPermanent() {
		return this == UNTRUSTED || this == SHUT_DOWN;
	}

}
