package io.github.tursospring.auditlog.internal.reading;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;
import reactor.util.context.Context;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

import io.github.tursospring.auditlog.AuditLogQuery.Order;
import io.github.tursospring.auditlog.TursoNotFoundException;
import io.github.tursospring.auditlog.internal.http.PageSource;
import io.github.tursospring.auditlog.internal.http.SourcePage;

/**
 * Fetches the windows of one walk: up to a number of them at a time, handed over in the
 * order in which the walk wants them.
 */
final class Conveyor {

	private static final Log logger = LogFactory.getLog(Conveyor.class);

	private static final int FURTHER_TRIES = 2;

	private static final SourcePage NOTHING = new SourcePage(List.of(), null, null, null, null);

	private final PageSource source;

	private final Order order;

	private final int concurrency;

	private final Walk walk;

	private final ReadingListener listener;

	private final StepAccount account;

	private final Deque<Flight> flights = new ConcurrentLinkedDeque<>();

	/** How many windows to fetch at a time: fewer while the log moves away under them. */
	private int width;

	private volatile @Nullable Flight awaited;

	private volatile boolean disposed;

	Conveyor(PageSource source, Route route, ReadingListener listener) {
		this.source = source;
		this.order = route.order();
		this.concurrency = route.concurrency();
		this.width = route.concurrency();
		this.walk = new Walk(route);
		this.listener = listener;
		this.account = new StepAccount(listener);
	}

	Walk walk() {
		return this.walk;
	}

	/**
	 * Fetch the next window, unless it has been, and have the walk take what it shows.
	 * @return what it has brought
	 */
	Mono<Step> step() {
		return Mono.deferContextual((context) -> {
			if (this.flights.isEmpty()) {
				this.flights.add(launch(this.walk.next(), context));
			}
			launchFurther(context);
			Flight flight = this.flights.remove();
			this.awaited = flight;
			cancelIfDisposed();
			return flight.landing().map((landing) -> accept(flight, landing, context));
		});
	}

	private void launchFurther(ContextView context) {
		Flight last = this.flights.getLast();
		while (this.flights.size() < this.width) {
			Window next = this.walk.after(last.window(), last.level());
			if (next == null) {
				return;
			}
			last = launch(next, context);
			this.flights.add(last);
		}
	}

	private Step accept(Flight flight, Landing landing, ContextView context) {
		boolean planned = this.walk.isReading();
		Step step = this.walk.accept(flight.window(), landing.slice(), landing.level());
		this.account.add(step, planned && !this.walk.isDoubting());
		this.width = step.batch().isEmpty() ? Math.max(1, this.width / 2) : Math.min(this.width + 1, this.concurrency);
		if ((step.astray() || this.walk.isDoubting()) && !this.flights.isEmpty()) {
			if (step.astray() && !flight.again() && this.flights.size() < this.concurrency) {
				this.flights.addFirst(flight.onceMore());
			}
			this.flights.addFirst(launch(this.walk.next(), context));
			cancelIfDisposed();
		}
		return step;
	}

	private Flight launch(Window window, ContextView context) {
		Tide tide = this.walk.tide();
		long level = tide.level();
		Sinks.One<Landing> landing = Sinks.one();
		Disposable request = fetch(window).flatMap((answer) -> confirmed(window, answer))
			.map((answer) -> Slice.of(this.order, window, answer))
			.retryWhen(Retry.max(FURTHER_TRIES)
				.filter((ex) -> ex instanceof ContractViolation violation && violation.isPassing())
				.doBeforeRetry((signal) -> askAgain(signal.failure()))
				.onRetryExhaustedThrow((spec, signal) -> signal.failure()))
			.map((slice) -> new Landing(slice, tide.observe(slice.total())))
			.subscribe((slice) -> landing.emitValue(slice, EmitFailureHandler.FAIL_FAST),
					(ex) -> landing.emitError(ex, EmitFailureHandler.FAIL_FAST), null, Context.of(context));
		return new Flight(window, level, landing.asMono(), request, false);
	}

	/** Past the end, a page that is not found is as good as an empty one. */
	private Mono<SourcePage> fetch(Window window) {
		Mono<SourcePage> page = this.source.fetch(window.page(), window.size());
		return this.walk.isPastEnd() ? page.onErrorReturn(TursoNotFoundException.class, NOTHING) : page;
	}

	/**
	 * A first page that is short tells for good how large pages can be: only if it is
	 * just as short when it is asked for again.
	 */
	private Mono<SourcePage> confirmed(Window window, SourcePage answer) {
		ContractViolation shortage = Placement.shortage(window, answer);
		if (shortage == null) {
			return Mono.just(answer);
		}
		askAgain(shortage);
		return fetch(window).doOnNext((second) -> {
			ContractViolation further = Placement.shortage(window, second);
			if (further != null && second.rows().size() != answer.rows().size()) {
				throw further;
			}
		});
	}

	private void askAgain(Throwable reason) {
		logger.warn("Asking at once for a page of the audit log again: " + reason.getMessage());
		this.listener.onRefetch();
	}

	/** Cancel what is in flight. */
	void dispose() {
		this.disposed = true;
		cancelIfDisposed();
	}

	private void cancelIfDisposed() {
		if (!this.disposed) {
			return;
		}
		Flight awaited = this.awaited;
		if (awaited != null) {
			awaited.request().dispose();
		}
		this.flights.forEach((flight) -> flight.request().dispose());
	}

	private record Flight(Window window, long level, Mono<Landing> landing, Disposable request, boolean again) {

		Flight onceMore() {
			return new Flight(this.window, this.level, this.landing, this.request, true);
		}

	}

	private record Landing(Slice slice, long level) {
	}

}
