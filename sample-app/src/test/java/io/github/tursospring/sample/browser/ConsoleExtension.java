package io.github.tursospring.sample.browser;

import java.util.function.Supplier;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one browser and one console, which all of them share, and checks after each
 * that the page was quiet. Where no Chromium is installed, tests are skipped, and say so;
 * but never in CI (environment variable {@code CI} is "true"), where they fail.
 */
class ConsoleExtension implements ExecutionCondition, ParameterResolver, BeforeEachCallback, AfterEachCallback {

	private static final Namespace NAMESPACE = Namespace.create(ConsoleExtension.class);

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

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == ConsolePage.class
				|| parameter.getParameter().getType() == RunningConsole.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return (parameter.getParameter().getType() == ConsolePage.class) ? page(context)
				: shared(context, RunningConsole.class, RunningConsole::ofTwoOrganizations);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		page(context).reset();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		ConsolePage page = page(context);
		page.assertQuiet();
		page.leave();
	}

	private static ConsolePage page(ExtensionContext context) {
		return new ConsolePage(shared(context, Browser.class, Browser::new));
	}

	private static <T> T shared(ExtensionContext context, Class<T> type, Supplier<T> creator) {
		return context.getRoot().getStore(NAMESPACE).computeIfAbsent(type, (key) -> creator.get(), type);
	}

}
