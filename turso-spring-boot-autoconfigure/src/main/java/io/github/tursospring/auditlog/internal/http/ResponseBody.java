package io.github.tursospring.auditlog.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Body of a response, copied from its buffers as they arrive: none is queued where a
 * cancellation or a timeout could leak it.
 */
final class ResponseBody {

	private static final int INITIAL_CAPACITY = 16 * 1024;

	/** A length that the server announces is not trusted with more memory than this. */
	private static final int MAX_INITIAL_CAPACITY = 1024 * 1024;

	private static final int TAIL = 64;

	/** A number or a literal that the end of the input can have cut. */
	private static final Pattern CUT_VALUE = Pattern
		.compile("[:,\\[]\\s*(-?\\d*(\\.\\d*)?([eE][+-]?\\d*)?|t(r(u)?)?|f(a(l(s)?)?)?|n(u(l)?)?)$");

	private final int limit;

	private byte[] bytes;

	private int length;

	ResponseBody(int limit, long announcedLength) {
		long capacity = (announcedLength >= 0) ? Math.min(announcedLength, MAX_INITIAL_CAPACITY) : INITIAL_CAPACITY;
		this.limit = limit;
		this.bytes = new byte[(int) Math.min(limit, capacity)];
	}

	/**
	 * Receive a body.
	 * @param buffers the buffers of the response
	 * @param limit the largest number of bytes to accept
	 * @param announcedLength the length that the response announces, in bytes, -1 for
	 * none
	 * @return the complete body; fails with a {@link DataBufferLimitException} for a
	 * larger one
	 */
	static Mono<ResponseBody> receive(Flux<DataBuffer> buffers, int limit, long announcedLength) {
		return buffers.collect(() -> new ResponseBody(limit, announcedLength), ResponseBody::append)
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	/** A buffer that is not appended is discarded, and released by that. */
	private void append(DataBuffer buffer) {
		int count = buffer.readableByteCount();
		if (count > this.limit - this.length) {
			throw new DataBufferLimitException("The body is longer than " + this.limit + " bytes");
		}
		try {
			ensureCapacity(this.length + count);
		}
		catch (OutOfMemoryError ex) {
			throw new IllegalStateException("Not enough memory for the body", ex);
		}
		buffer.read(this.bytes, this.length, count);
		this.length += count;
		DataBufferUtils.release(buffer);
	}

	private void ensureCapacity(int capacity) {
		if (capacity > this.bytes.length) {
			long doubled = Math.min(2L * this.bytes.length, this.limit);
			this.bytes = Arrays.copyOf(this.bytes, (int) Math.max(doubled, capacity));
		}
	}

	byte[] bytes() {
		return this.bytes;
	}

	int length() {
		return this.length;
	}

	/**
	 * Return whether the body ends within a value, where a parser may report the
	 * beginning of the value as malformed.
	 * @return whether the body looks cut
	 */
	boolean endsWithinValue() {
		int from = Math.max(0, this.length - TAIL);
		String tail = new String(this.bytes, from, this.length - from, StandardCharsets.ISO_8859_1);
		return CUT_VALUE.matcher(tail).find();
	}

	@Override
	public String toString() {
		return new String(this.bytes, 0, this.length, StandardCharsets.UTF_8);
	}

}
