package io.github.tursospring.auditlog.internal.reading;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import io.github.tursospring.auditlog.TursoNotFoundException;
import io.github.tursospring.auditlog.internal.engine.Checkpoint;
import io.github.tursospring.auditlog.internal.engine.ContractViolation;
import io.github.tursospring.auditlog.internal.engine.PageRequest;
import io.github.tursospring.auditlog.internal.engine.PageValidator;
import io.github.tursospring.auditlog.internal.engine.ReadSpec;
import io.github.tursospring.auditlog.internal.engine.ReadState;
import io.github.tursospring.auditlog.internal.engine.Transition;
import io.github.tursospring.auditlog.internal.engine.Transition.Outcome;
import io.github.tursospring.auditlog.internal.engine.ValidatedPage;
import io.github.tursospring.auditlog.internal.http.LateErrors;
import io.github.tursospring.auditlog.internal.http.PageSource;
import io.github.tursospring.auditlog.internal.http.SourcePage;

/**
 * The requests in flight of one reading, handed over in the order in which they were
 * planned. The page after those in flight is requested when a body has arrived, before it
 * is decoded.
 */
final class PagePipeline {

	private static final Log logger = LogFactory.getLog(PagePipeline.class);

	private static final int FURTHER_TRIES = 2;

	private static final int CAUTION = 4;

	private final PageSource source;

	private final ReadSpec spec;

	private final ReadingListener listener;

	private final Deque<Flight> flights = new ArrayDeque<>();

	private @Nullable Flight awaited;

	/** What to request when the awaited body has arrived. */
	private @Nullable Runnable ahead;

	/** How many pages to request at a time: fewer where they turn out not to fit. */
	private int width;

	/** How many pages have to fit before one is requested ahead again. */
	private int caution;

	private boolean disposed;

	private volatile Checkpoint position;

	PagePipeline(PageSource source, ReadSpec spec, ReadingListener listener) {
		this.source = source;
		this.spec = spec;
		this.listener = listener;
		this.width = spec.concurrency();
		this.position = spec.start();
	}

	/** The position after everything that has been handed over. */
	Checkpoint position() {
		return this.position;
	}

	/**
	 * Request the next page, unless it has been, and return what it leads to. Starts when
	 * it is requested, not when it is subscribed to. (The callback for requests of
	 * {@code Mono.create} misses one that another thread makes at that moment.)
	 */
	Flux<Transition> advance(ReadState state) {
		return OnDemand.all(List.of(state)).concatMap((requested) -> Mono.deferContextual((context) -> {
			Flight flight = take(requested, context);
			return flight.page.asMono().map((page) -> settle(requested.next(page, this.spec), flight, context));
		}), 0);
	}

	private synchronized Flight take(ReadState state, ContextView context) {
		if (this.flights.isEmpty()) {
			this.flights.add(launch(state, state.request(this.spec), context));
		}
		PageRequest further = requestFurther(state, context);
		Flight flight = this.flights.remove();
		this.awaited = flight;
		this.ahead = (further != null) ? () -> this.flights.add(launch(state, further, context)) : null;
		if (flight.received) {
			requestAhead();
		}
		return flight;
	}

	/**
	 * Request as many pages as may be in flight.
	 * @return the one after them, if there is any
	 */
	private @Nullable PageRequest requestFurther(ReadState state, ContextView context) {
		PageRequest next = state.requestAfter(this.flights.getLast().request, this.spec);
		while (next != null && this.flights.size() < this.width) {
			this.flights.add(launch(state, next, context));
			next = state.requestAfter(next, this.spec);
		}
		return next;
	}

	private synchronized void received(Flight flight) {
		flight.received = true;
		if (flight == this.awaited) {
			requestAhead();
		}
	}

	private void requestAhead() {
		Runnable request = this.ahead;
		this.ahead = null;
		if (request != null && !this.disposed && this.caution == 0 && this.flights.size() < this.width) {
			request.run();
		}
	}

	private synchronized Transition settle(Transition transition, Flight flight, ContextView context) {
		if (transition.isMiss()) {
			this.listener.onRefetch();
		}
		int skipped = transition.skipped();
		if (skipped > 0) {
			this.listener.onSkipped(skipped);
		}
		adapt(transition.isMiss());
		this.ahead = null;
		if (transition.outcome() == Outcome.MISSING_ROWS && !this.flights.isEmpty()) {
			repair(transition.state(), flight, context);
		}
		else if (!transition.state().prefetches(this.spec) || transition.outcome() == Outcome.MISPLACED) {
			this.flights.forEach(Flight::cancel);
			this.flights.clear();
		}
		this.position = transition.position();
		return transition;
	}

	/**
	 * Request what is missing before a page, and look at that page once more after it.
	 */
	private void repair(ReadState state, Flight flight, ContextView context) {
		if (this.flights.size() >= this.spec.concurrency()) {
			this.flights.removeLast().cancel();
		}
		if (!flight.again && !this.flights.isEmpty()) {
			flight.again = true;
			this.flights.addFirst(flight);
		}
		this.flights.addFirst(launch(state, state.request(this.spec), context));
	}

	private void adapt(boolean missed) {
		this.caution = missed ? CAUTION : Math.max(0, this.caution - 1);
		this.width = missed ? Math.max(1, this.width / 2) : Math.min(this.width + 1, this.spec.concurrency());
	}

	private Flight launch(ReadState state, PageRequest request, ContextView context) {
		Flight flight = new Flight(request, state.sent(request, this.spec));
		flight.subscription = fetch(flight, state.totalBelow(request), 0, -1).subscribe(flight::land, flight::fail,
				null, LateErrors.logQuietly(Context.of(context)));
		if (this.disposed) {
			flight.cancel();
		}
		return flight;
	}

	/**
	 * Fetch a page. One that can be of a moment between two states is requested again;
	 * one that is not found stands for rows that are not there.
	 */
	private Mono<ValidatedPage> fetch(Flight flight, long totalBelow, int tries, long totalBefore) {
		PageRequest request = flight.sent;
		return this.source.fetch(request.page(), request.pageSize(), () -> received(flight))
			.flatMap((response) -> validated(flight, response, totalBelow, tries, totalBefore))
			.onErrorResume(TursoNotFoundException.class, (ex) -> (request.page() > 1)
					? Mono.just(PageValidator.missing(this.spec.order(), request, totalBelow)) : Mono.error(ex));
	}

	private Mono<ValidatedPage> validated(Flight flight, SourcePage response, long totalBelow, int tries,
			long totalBefore) {
		try {
			return Mono.just(PageValidator.validate(this.spec.order(), flight.sent, response, totalBefore));
		}
		catch (ContractViolation ex) {
			if (!ex.isTransient() || tries == FURTHER_TRIES) {
				return Mono.error(ex);
			}
			logger.warn("Requesting a page of the audit log again: " + ex.getMessage());
			this.listener.onRefetch();
			Long total = response.totalRows();
			return fetch(flight, totalBelow, tries + 1, (total != null) ? total : -1);
		}
	}

	/** Cancel what is in flight. */
	synchronized void dispose() {
		this.disposed = true;
		this.ahead = null;
		if (this.awaited != null) {
			this.awaited.cancel();
		}
		this.flights.forEach(Flight::cancel);
	}

	private static final class Flight {

		/** What was planned. */
		private final PageRequest request;

		/** What was asked for. */
		private final PageRequest sent;

		private final Sinks.One<ValidatedPage> page = Sinks.one();

		private @Nullable Disposable subscription;

		private boolean received;

		/** Whether its page is looked at again after a gap before it has been read. */
		private boolean again;

		Flight(PageRequest request, PageRequest sent) {
			this.request = request;
			this.sent = sent;
		}

		void land(ValidatedPage landed) {
			this.page.emitValue(landed, EmitFailureHandler.FAIL_FAST);
		}

		void fail(Throwable ex) {
			this.page.emitError(ex, EmitFailureHandler.FAIL_FAST);
		}

		void cancel() {
			if (this.subscription != null) {
				this.subscription.dispose();
			}
		}

	}

}
