package io.github.tursospring.auditlog.internal.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.TursoTransportException;
import io.github.tursospring.auditlog.internal.http.PageSource;
import io.github.tursospring.auditlog.internal.http.SourcePage;

/**
 * Answers requests to a {@link ModelLog} in any order, and lets the log move between them
 * and while they are under way. Everything happens on the caller's thread.
 */
final class ModelServer implements PageSource {

	private final ModelLog log;

	private final Random random;

	private Consumer<ModelLog> mutation;

	private final List<Request> waiting = new ArrayList<>();

	private int requests;

	private int mostInFlight;

	private double faultRate;

	private List<AuditLog> atFirstAnswer = List.of();

	private boolean answered;

	private boolean headSecondSeenWhole;

	private boolean reordering;

	private int mostRequests = Integer.MAX_VALUE;

	ModelServer(ModelLog log, Random random, Consumer<ModelLog> mutation) {
		this.log = log;
		this.random = random;
		this.mutation = mutation;
	}

	ModelServer failing(double faultRate) {
		this.faultRate = faultRate;
		return this;
	}

	/** Responses are computed in one order and delivered in another. */
	ModelServer reordering() {
		this.reordering = true;
		return this;
	}

	/** A reading that asks for more than so many pages fails. */
	ModelServer atMost(int mostRequests) {
		this.mostRequests = mostRequests;
		return this;
	}

	@Override
	public Mono<SourcePage> fetch(int page, int pageSize) {
		return Mono.create((sink) -> {
			this.requests++;
			Request request = new Request(page, pageSize, sink);
			this.waiting.add(request);
			sink.onCancel(() -> this.waiting.remove(request));
			this.mostInFlight = Math.max(this.mostInFlight, this.waiting.size());
		});
	}

	/** Subscribe, and answer requests until nothing is left to answer. */
	<T> Result<T> run(Flux<T> flux) {
		Result<T> result = new Result<>();
		flux.subscribe(result.values::add, (ex) -> result.error = ex, () -> result.completed = true);
		int bound = 100_000;
		while (!this.waiting.isEmpty() && bound-- > 0) {
			if (this.requests > this.mostRequests) {
				result.error = new AssertionError("more than " + this.mostRequests + " requests");
				break;
			}
			answerOne();
		}
		return result;
	}

	private void answerOne() {
		this.mutation.accept(this.log);
		Request request = this.waiting.get(this.random.nextInt(this.waiting.size()));
		if (this.reordering && request.answer == null) {
			request.answer = compute(request);
			return;
		}
		this.waiting.remove(request);
		if (this.random.nextDouble() < this.faultRate) {
			request.sink.error(fault());
			return;
		}
		SourcePage answer = (request.answer != null) ? request.answer : compute(request);
		this.mutation.accept(this.log);
		request.sink.success(answer);
	}

	private SourcePage compute(Request request) {
		SourcePage answer = this.log.answer(request.page, request.pageSize);
		if (!this.answered) {
			this.answered = true;
			this.atFirstAnswer = this.log.rows();
			int fullPage = Math.min(request.pageSize,
					(answer.pageSize() != null) ? answer.pageSize() : Integer.MAX_VALUE);
			this.headSecondSeenWhole = answer.rows().size() < fullPage
					|| answer.rows().stream().anyMatch((row) -> ModelLog.second(row) < this.log.headSecond());
		}
		return answer;
	}

	/** Take what the log holds at the next answer for what is to be read. */
	void restart() {
		this.answered = false;
	}

	/** Let the log stand still, and fail no more. */
	void rest() {
		this.mutation = (log) -> {
		};
		this.faultRate = 0;
	}

	/**
	 * Whether the first answer showed where the newest second begins: an older row, or
	 * the end of the log, which is a page that is not full.
	 */
	boolean headSecondSeenWhole() {
		return this.headSecondSeenWhole;
	}

	int requests() {
		return this.requests;
	}

	int mostInFlight() {
		return this.mostInFlight;
	}

	List<AuditLog> atFirstAnswer() {
		return this.atFirstAnswer;
	}

	private static final class Request {

		private final int page;

		private final int pageSize;

		private final MonoSink<SourcePage> sink;

		private SourcePage answer;

		Request(int page, int pageSize, MonoSink<SourcePage> sink) {
			this.page = page;
			this.pageSize = pageSize;
			this.sink = sink;
		}

	}

	static TursoTransportException fault() {
		return new TursoTransportException("fault", null);
	}

	static final class Result<T> {

		final List<T> values = new ArrayList<>();

		Throwable error;

		boolean completed;

	}

}
