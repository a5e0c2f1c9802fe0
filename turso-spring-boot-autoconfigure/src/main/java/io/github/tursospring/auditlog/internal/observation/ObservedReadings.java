package io.github.tursospring.auditlog.internal.observation;

import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.internal.reading.ReadingListener;
import io.github.tursospring.auditlog.observation.AuditLogObservationDocumentation;
import io.github.tursospring.auditlog.observation.AuditLogStreamObservationContext;
import io.github.tursospring.auditlog.observation.AuditLogStreamObservationContext.Outcome;
import io.github.tursospring.auditlog.observation.AuditLogStreamObservationConvention;
import io.github.tursospring.auditlog.observation.DefaultAuditLogStreamObservationConvention;

/**
 * Observes every read of an audit log.
 */
public final class ObservedReadings implements ReadingObserver {

	private static final AuditLogStreamObservationConvention DEFAULT_CONVENTION = new DefaultAuditLogStreamObservationConvention();

	private final ObservationRegistry registry;

	/**
	 * Create new observations.
	 * @param registry where they are started; its global convention replaces the default
	 */
	public ObservedReadings(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public ReadingListener begin(Operation operation, String organization, AuditLogQuery query) {
		return this.registry.isNoop() ? ReadingListener.NONE
				: new ObservedReading(KeyValues.of(operation), organization, query);
	}

	/**
	 * One reading: one observation, or of a follow one for each round.
	 */
	private final class ObservedReading implements ReadingListener {

		private final String operation;

		private final String organization;

		private final AuditLogQuery query;

		private volatile AuditLogStreamObservationContext context;

		private ObservedReading(String operation, String organization, AuditLogQuery query) {
			this.operation = operation;
			this.organization = organization;
			this.query = query;
			this.context = newContext();
		}

		private AuditLogStreamObservationContext newContext() {
			return new AuditLogStreamObservationContext(this.operation, this.organization, this.query);
		}

		@Override
		public <T> Flux<T> observe(Flux<T> run) {
			return Flux.deferContextual((outer) -> {
				Observation observation = start(outer);
				if (observation.isNoop()) {
					return run;
				}
				Run observed = new Run(observation, this.context);
				return run.doOnComplete(() -> observed.end(Outcome.SUCCESS))
					.doOnError(observed::fail)
					.doOnCancel(() -> observed.end(Outcome.CANCELLED))
					.contextWrite((inner) -> inner.put(ObservationThreadLocalAccessor.KEY, observation));
			});
		}

		private Observation start(ContextView outer) {
			AuditLogStreamObservationContext newContext = newContext();
			this.context = newContext;
			Observation observation = AuditLogObservationDocumentation.STREAM.observation(null, DEFAULT_CONVENTION,
					() -> newContext, ObservedReadings.this.registry);
			Observation parent = outer.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
			return ((parent != null) ? observation.parentObservation(parent) : observation).start();
		}

		@Override
		public void onPage(int rows) {
			this.context.addPage();
		}

		@Override
		public void onEmitted(int entries) {
			this.context.addEntries(entries);
		}

	}

	/**
	 * One observation, which ends once.
	 *
	 * @param observation the observation
	 * @param context its context
	 * @param ended whether it has ended
	 */
	private record Run(Observation observation, AuditLogStreamObservationContext context, AtomicBoolean ended) {

		private Run(Observation observation, AuditLogStreamObservationContext context) {
			this(observation, context, new AtomicBoolean());
		}

		private void fail(Throwable failure) {
			if (!this.ended.get()) {
				this.observation.error(failure);
			}
			end(Outcome.ERROR);
		}

		private void end(Outcome outcome) {
			if (this.ended.compareAndSet(false, true)) {
				this.context.setOutcome(outcome);
				this.observation.stop();
			}
		}

	}

}
