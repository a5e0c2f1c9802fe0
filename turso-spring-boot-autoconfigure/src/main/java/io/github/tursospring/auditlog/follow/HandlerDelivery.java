package io.github.tursospring.auditlog.follow;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.github.tursospring.auditlog.AuditLogPage;

/**
 * Delivers at least once: the position is saved after the handler has completed. Where
 * only saving fails, the handler is not called again.
 *
 * @since 0.1.0
 */
public final class HandlerDelivery implements PageDelivery {

	private final AuditLogHandler handler;

	private final AuditLogCheckpointStore store;

	private final CheckpointListener listener;

	private final Map<String, String> handled = new ConcurrentHashMap<>();

	/**
	 * Create a new delivery.
	 * @param handler the handler
	 * @param store where positions are kept
	 */
	public HandlerDelivery(AuditLogHandler handler, AuditLogCheckpointStore store) {
		this(handler, store, CheckpointListener.NONE);
	}

	/**
	 * Create a new delivery.
	 * @param handler the handler
	 * @param store where positions are kept
	 * @param listener is told when they cannot be saved
	 */
	public HandlerDelivery(AuditLogHandler handler, AuditLogCheckpointStore store, CheckpointListener listener) {
		this.handler = handler;
		this.store = store;
		this.listener = listener;
	}

	@Override
	public Mono<Boolean> deliver(String organization, @Nullable String previousToken, AuditLogPage page) {
		String token = Objects.requireNonNull(page.nextPageToken(), "token");
		boolean nothingToHandle = page.auditLogs().isEmpty() || token.equals(this.handled.get(organization));
		Mono<Void> handling = nothingToHandle ? Mono.empty() : this.handler.handle(organization, page)
			.then(Mono.fromRunnable(() -> this.handled.put(organization, token)));
		Mono<Boolean> saving = Mono.defer(() -> this.store.save(organization, previousToken, token))
			.doOnError((ex) -> this.listener.onFailure(organization, CheckpointListener.Failure.SAVE));
		return handling.then(saving);
	}

}
