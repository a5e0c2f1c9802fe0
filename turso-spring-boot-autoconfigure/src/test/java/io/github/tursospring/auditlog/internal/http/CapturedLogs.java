package io.github.tursospring.auditlog.internal.http;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Everything that is logged while it is open, by any logger, down to TRACE; nothing of it
 * goes anywhere else.
 */
final class CapturedLogs extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final Level level = this.root.getLevel();

	private final List<Appender<ILoggingEvent>> others = new ArrayList<>();

	private final List<String> lines = new ArrayList<>();

	private final Level least;

	private final List<String> loggers;

	CapturedLogs() {
		this(Level.TRACE, List.of(""));
	}

	/**
	 * Capture what some loggers log from a level on.
	 * @param least the lowest level
	 * @param loggers the beginnings of their names
	 * @return the captured logs
	 */
	static CapturedLogs of(String least, String... loggers) {
		return new CapturedLogs(Level.toLevel(least), List.of(loggers));
	}

	private CapturedLogs(Level least, List<String> loggers) {
		this.least = least;
		this.loggers = loggers;
		this.root.iteratorForAppenders().forEachRemaining(this.others::add);
		this.others.forEach(this.root::detachAppender);
		setContext(this.root.getLoggerContext());
		start();
		this.root.addAppender(this);
		this.root.setLevel(least);
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (!event.getLevel().isGreaterOrEqual(this.least)
				|| this.loggers.stream().noneMatch(event.getLoggerName()::startsWith)) {
			return;
		}
		String stackTrace = (event.getThrowableProxy() != null) ? ThrowableProxyUtil.asString(event.getThrowableProxy())
				: "";
		this.lines.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + stackTrace);
	}

	/**
	 * Return what has been logged.
	 * @return a line for each event: level, logger, message, stack trace
	 */
	List<String> lines() {
		synchronized (this) {
			return List.copyOf(this.lines);
		}
	}

	@Override
	public void close() {
		this.root.setLevel(this.level);
		this.root.detachAppender(this);
		stop();
		this.others.forEach(this.root::addAppender);
	}

}
