package io.github.tursospring.auditlog.internal.follow;

import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Lets followers log at INFO in each test, or at another level from then on.
 */
final class FollowLogLevel implements BeforeEachCallback, AfterEachCallback {

	private static final String APPENDER = "test";

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.tursospring.auditlog.follow");

	void setLevel(Level level) {
		this.logger.setLevel(level);
	}

	/** Call this with each event; what it throws is thrown at whoever logs. */
	void onEvent(Consumer<ILoggingEvent> action) {
		UnsynchronizedAppenderBase<ILoggingEvent> appender = new UnsynchronizedAppenderBase<>() {

			@Override
			public void doAppend(ILoggingEvent event) {
				action.accept(event);
			}

			@Override
			protected void append(ILoggingEvent event) {
			}

		};
		appender.setName(APPENDER);
		this.logger.addAppender(appender);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		setLevel(Level.INFO);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.logger.setLevel(null);
		this.logger.detachAppender(APPENDER);
	}

}
