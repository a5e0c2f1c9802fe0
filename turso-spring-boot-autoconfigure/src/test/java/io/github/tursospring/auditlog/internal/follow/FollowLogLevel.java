package io.github.tursospring.auditlog.internal.follow;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Lets followers log at INFO in each test, or at another level from then on.
 */
final class FollowLogLevel implements BeforeEachCallback, AfterEachCallback {

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.tursospring.auditlog.follow");

	void setLevel(Level level) {
		this.logger.setLevel(level);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		setLevel(Level.INFO);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.logger.setLevel(null);
	}

}
