package io.github.tursospring.auditlog.internal.observation;

import java.util.List;

import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.internal.reading.ReadingListener;

/**
 * Callback for every reading of a log.
 */
@FunctionalInterface
public interface ReadingObserver {

	/** Observes nothing. */
	ReadingObserver NONE = (operation, organization, query) -> ReadingListener.NONE;

	/**
	 * A reading begins.
	 * @param operation what the log is read for
	 * @param organization the organization's slug
	 * @param query what to read
	 * @return what listens to it
	 */
	ReadingListener begin(Operation operation, String organization, AuditLogQuery query);

	/**
	 * Return one observer in the place of several.
	 * @param observers the observers: the first one's observation is the outermost
	 * @return the observer
	 */
	static ReadingObserver allOf(List<? extends ReadingObserver> observers) {
		return switch (observers.size()) {
			case 0 -> NONE;
			case 1 -> observers.get(0);
			default -> (operation, organization, query) -> new CompositeReadingListener(
					observers.stream().map((observer) -> observer.begin(operation, organization, query)).toList());
		};
	}

}
