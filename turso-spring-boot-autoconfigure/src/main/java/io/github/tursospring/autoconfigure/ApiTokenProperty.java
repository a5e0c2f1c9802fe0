package io.github.tursospring.autoconfigure;

import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The property {@code turso.api-token}, which is often a placeholder for an environment
 * variable that is not there. Binding leaves such a placeholder as it is.
 */
abstract class ApiTokenProperty {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\s*\\$\\{[^}]*}\\s*");

	static boolean isPlaceholder(String apiToken) {
		return PLACEHOLDER.matcher(apiToken).matches();
	}

	static boolean isSet(Environment environment) {
		String apiToken = Binder.get(environment).bind("turso.api-token", String.class).orElse("");
		return StringUtils.hasText(apiToken) && !isPlaceholder(apiToken);
	}

}
