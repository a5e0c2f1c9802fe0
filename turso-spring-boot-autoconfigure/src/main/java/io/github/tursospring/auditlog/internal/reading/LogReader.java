package io.github.tursospring.auditlog.internal.reading;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.TursoException;
import io.github.tursospring.auditlog.TursoProtocolException;
import io.github.tursospring.auditlog.internal.engine.Checkpoint;
import io.github.tursospring.auditlog.internal.engine.ContractViolation;
import io.github.tursospring.auditlog.internal.engine.ReadSpec;
import io.github.tursospring.auditlog.internal.engine.ReadSpec.Mode;
import io.github.tursospring.auditlog.internal.engine.ReadState;
import io.github.tursospring.auditlog.internal.engine.Transition;
import io.github.tursospring.auditlog.internal.http.PageSource;

/**
 * Reads one organization's log for one query. Every subscription reads anew.
 */
public final class LogReader {

	private final PageSource source;

	private final String organization;

	private final AuditLogQuery query;

	private final int pageSize;

	private final ReadingListener listener;

	private final CheckpointCodec tokens;

	/** Create a new reader. */
	public LogReader(PageSource source, String organization, AuditLogQuery query, int pageSize) {
		this(source, organization, query, pageSize, ReadingListener.NONE);
	}

	/** Create a new reader. */
	public LogReader(PageSource source, String organization, AuditLogQuery query, int pageSize,
			ReadingListener listener) {
		this.source = source;
		this.organization = organization;
		this.query = query;
		this.pageSize = pageSize;
		this.listener = listener;
		this.tokens = CheckpointCodec.ofStream(organization, query);
	}

	/** Return the organization. */
	public String organization() {
		return this.organization;
	}

	/** Return the query. */
	public AuditLogQuery query() {
		return this.query;
	}

	/** Return the page size. */
	public int pageSize() {
		return this.pageSize;
	}

	/** Return the listener. */
	public ReadingListener listener() {
		return this.listener;
	}

	/** Return the entries that match the query. */
	public Flux<AuditLog> entries(int concurrency) {
		return stream(concurrency)
			.concatMapDelayError((transition) -> OnDemand.each(transition.entries(), this.query::matches), true, 0);
	}

	/** Return the entries that match the query, in pages. */
	public Flux<AuditLogPage> pages(int concurrency) {
		return Flux.defer(() -> {
			PageAssembler assembler = PageAssembler.ofStream(this.query, this.tokens, this.pageSize);
			return stream(concurrency).concatMapDelayError((transition) -> OnDemand.all(assembler.pages(transition)),
					true, 0);
		});
	}

	/** Return the next entries that match the query. */
	public Mono<AuditLogPage> page() {
		return Mono.defer(() -> {
			PageAssembler assembler = PageAssembler.ofStream(this.query, this.tokens, this.pageSize);
			return transitions(spec(Mode.PAGE, 1), null).takeUntil(assembler::fill)
				.then(Mono.fromSupplier(assembler::filled));
		});
	}

	/**
	 * Return the entry of an id, within the query's time range.
	 * @return the entry, empty if there is none
	 */
	public Mono<AuditLog> find(String id) {
		return Flux.defer(() -> transitions(spec(Mode.FIND, 1), null))
			.concatMapDelayError((transition) -> OnDemand.each(transition.entries(), this.query::matches), true, 0)
			.filter((entry) -> entry.id().equals(id))
			.next();
	}

	private Flux<Transition> stream(int concurrency) {
		return Flux.defer(() -> transitions(spec(Mode.STREAM, concurrency), this.tokens));
	}

	private ReadSpec spec(Mode mode, int concurrency) {
		return ReadSpec.of(mode, this.query, this.tokens.decode(this.query.pageToken()), this.pageSize, concurrency);
	}

	/**
	 * Return the transitions of one reading, from its first page to its end.
	 * @param resumeTokens the tokens of a failure to resume after, {@code null} for none
	 */
	public Flux<Transition> transitions(ReadSpec spec, @Nullable CheckpointCodec resumeTokens) {
		return Flux.using(() -> new PagePipeline(this.source, spec, this.listener), (pipeline) -> pipeline
			.advance(ReadState.initial(spec))
			.expand((transition) -> transition.state().isDone() ? Flux.empty() : pipeline.advance(transition.state()))
			.onErrorMap(ContractViolation.class, this::refused)
			.onErrorMap(TursoException.class, (ex) -> resumable(ex, resumeTokens, pipeline.position())),
				PagePipeline::dispose);
	}

	private static TursoException resumable(TursoException ex, @Nullable CheckpointCodec tokens, Checkpoint position) {
		return (tokens != null && position.cursor().hasEmitted()) ? ex.withResumeToken(tokens.encode(position)) : ex;
	}

	private TursoProtocolException refused(ContractViolation violation) {
		return new TursoProtocolException("Reading the audit log of organization '" + this.organization
				+ "' stopped because it could lose or repeat entries: " + violation.getMessage()
				+ ". Check turso.base-url; if it is Turso's, report this. list with page(n) reads any page as it is.",
				null);
	}

}
