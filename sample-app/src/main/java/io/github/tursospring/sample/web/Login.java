package io.github.tursospring.sample.web;

import java.net.InetAddress;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
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
		InetAddress address = address(binder, "server.address");
		if (!isRequired() && !isLoopback(address)) {
			throw open("server.address", address,
					" Or require a login: set 'spring.security.user.name' and"
							+ " 'spring.security.user.password', or configure an OIDC client under"
							+ " 'spring.security.oauth2.client'.");
		}
		String port = environment.getProperty("management.server.port");
		InetAddress management = address(binder, "management.server.address");
		if (port != null && !isLoopback(management)) {
			throw (management != null) ? open("management.server.address", management, "")
					: open("management.server.port", port, "");
		}
	}

	private static @Nullable InetAddress address(Binder binder, String property) {
		return binder.bind(property, InetAddress.class).orElse(null);
	}

	private static boolean isLoopback(@Nullable InetAddress address) {
		return address != null && address.isLoopbackAddress();
	}

	private static InvalidConfigurationPropertyValueException open(String property, @Nullable Object value,
			String remedy) {
		String address = property.startsWith("management") ? "management.server.address" : "server.address";
		return new InvalidConfigurationPropertyValueException(property, value,
				"The audit log would be open to the network. Set '" + address + "' to 127.0.0.1." + remedy);
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
