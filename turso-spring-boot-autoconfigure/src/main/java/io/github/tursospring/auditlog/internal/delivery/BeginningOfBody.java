package io.github.tursospring.auditlog.internal.delivery;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

import org.jspecify.annotations.Nullable;

/**
 * Receives the beginning of a body, and closes the connection instead of receiving more:
 * what a receiver has to say is short.
 */
final class BeginningOfBody implements BodySubscriber<byte[]> {

	private static final long MAX_BYTES = 64 * 1024;

	private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();

	private @Nullable Subscription subscription;

	private long received;

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.bytes.getBody();
	}

	@Override
	public void onSubscribe(Subscription newSubscription) {
		this.subscription = newSubscription;
		this.bytes.onSubscribe(newSubscription);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		if (this.received > MAX_BYTES) {
			return;
		}
		this.received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
		this.bytes.onNext(buffers);
		if (this.received > MAX_BYTES && this.subscription != null) {
			this.subscription.cancel();
			this.bytes.onComplete();
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.bytes.onError(failure);
	}

	@Override
	public void onComplete() {
		this.bytes.onComplete();
	}

}
