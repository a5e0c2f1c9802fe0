package io.github.tursospring.sample.web;

import java.net.InetAddress;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Whether users have to log in: with {@code spring.security.user.*} or an OIDC client,
 * they do. Without, the application listens on a loopback address or does not start.
 */
@Component
class Login {

	private static final Bindable<Map<String, Object>> GROUP = Bindable.mapOf(String.class, Object.class);

	private final boolean withPassword;

	private final boolean withClient;

	Login(Environment environment) {
		Binder binder = Binder.get(environment);
		this.withPassword = binder.bind("spring.security.user", GROUP).isBound();
		this.withClient = binder.bind("spring.security.oauth2.client.registration", GROUP).isBound();
		checkAddress(binder, "server.address", isRequired());
		if (binder.bind("management.server.port", String.class).isBound()) {
			checkAddress(binder, "management.server.address", false);
		}
	}

	private static void checkAddress(Binder binder, String property, boolean login) {
		InetAddress address = binder.bind(property, InetAddress.class).orElse(null);
		if (!login && !isLoopback(address)) {
			throw new UnprotectedAddressException(property, address);
		}
	}

	private static boolean isLoopback(@Nullable InetAddress address) {
		return address != null && address.isLoopbackAddress();
	}

	boolean isRequired() {
		return this.withPassword || this.withClient;
	}

	boolean withPassword() {
		return this.withPassword;
	}

	boolean withClient() {
		return this.withClient;
	}

}
