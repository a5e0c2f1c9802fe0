package io.github.tursospring.sample.browser;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests where no Chromium is installed, and says so; but never in CI (environment
 * variable {@code CI} is "true"), where they fail.
 */
class ChromiumCondition implements ExecutionCondition {

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (Browser.isInstalled() || Boolean.parseBoolean(System.getenv("CI"))) {
			return ConditionEvaluationResult.enabled("Chromium is to be used");
		}
		String reason = "SKIPPED: " + context.getDisplayName()
				+ " needs chromium and chromedriver (Debian: chromium, chromium-driver)";
		System.out.println(reason);
		return ConditionEvaluationResult.disabled(reason);
	}

}
