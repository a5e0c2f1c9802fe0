package io.github.tursospring.autoconfigure.observation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;

/**
 * Remembers what has been observed.
 */
final class ObservationRecorder implements ObservationHandler<Observation.Context> {

	private final List<Observation.Context> started = new CopyOnWriteArrayList<>();

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	@Override
	public void onStart(Observation.Context context) {
		this.started.add(context);
	}

	@Override
	public void onStop(Observation.Context context) {
		this.stopped.add(context);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

	/** What has been observed under a name, whether it has ended or not. */
	List<Observation.Context> named(String name) {
		return this.started.stream().filter((context) -> name.equals(context.getName())).toList();
	}

	/** What has been observed of a type. */
	<T> List<T> of(Class<T> type) {
		return this.started.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/** How often an observation has been stopped. */
	long timesStopped(Observation.Context context) {
		return this.stopped.stream().filter((other) -> other == context).count();
	}

	/** What an observation is the child of. */
	static Object parentOf(Observation.Context context) {
		ObservationView parent = context.getParentObservation();
		return (parent != null) ? parent.getContextView() : null;
	}

	void clear() {
		this.started.clear();
		this.stopped.clear();
	}

}
