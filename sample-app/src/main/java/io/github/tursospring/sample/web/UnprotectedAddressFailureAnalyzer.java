package io.github.tursospring.sample.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says why the application does not start, and what to do.
 */
class UnprotectedAddressFailureAnalyzer extends AbstractFailureAnalyzer<UnprotectedAddressException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnprotectedAddressException cause) {
		String login = cause.property().startsWith("management") ? ""
				: " Or require a login: set 'spring.security.user.name' and 'spring.security.user.password', or"
						+ " configure an OIDC client under 'spring.security.oauth2.client'.";
		return new FailureAnalysis("The audit log would be open to the network: " + cause.getMessage() + ".",
				"Set '" + cause.property() + "' to 127.0.0.1." + login, cause);
	}

}
