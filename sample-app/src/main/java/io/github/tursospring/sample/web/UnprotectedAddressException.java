package io.github.tursospring.sample.web;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at start where anybody in the network could read the log.
 */
class UnprotectedAddressException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String property;

	UnprotectedAddressException(String property, @Nullable InetAddress address) {
		super("'" + property + "' is "
				+ ((address != null) ? address.getHostAddress() : "not set, which means all addresses")
				+ ", and no login protects it");
		this.property = property;
	}

	String property() {
		return this.property;
	}

}
