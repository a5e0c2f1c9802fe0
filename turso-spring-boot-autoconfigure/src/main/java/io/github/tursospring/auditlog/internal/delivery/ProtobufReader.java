package io.github.tursospring.auditlog.internal.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Reads single fields of a Protocol Buffers message. The SDK ships no decoder, and the
 * responses of OTLP have three fields.
 */
final class ProtobufReader {

	private static final int VARINT = 0;

	private static final int FIXED64 = 1;

	private static final int BYTES = 2;

	private static final int FIXED32 = 5;

	private final byte[] message;

	private int position;

	private ProtobufReader(byte[] message) {
		this.message = message;
	}

	/**
	 * Return the bytes of a field.
	 * @param message the message
	 * @param field the field's number
	 * @return the bytes, {@code null} if there are none or this is no message
	 */
	static byte @Nullable [] bytes(byte[] message, int field) {
		return (new ProtobufReader(message).find(field, BYTES) instanceof byte[] bytes) ? bytes : null;
	}

	/**
	 * Return a field's text.
	 * @param message the message
	 * @param field the field's number
	 * @return the text; empty if there is none or this is no message
	 */
	static String text(byte[] message, int field) {
		byte[] bytes = bytes(message, field);
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : "";
	}

	/**
	 * Return a field's number.
	 * @param message the message
	 * @param field the field's number
	 * @return its value; 0 if there is none or this is no message
	 */
	static long number(byte[] message, int field) {
		return (new ProtobufReader(message).find(field, VARINT) instanceof Long number) ? number : 0;
	}

	private @Nullable Object find(int field, int type) {
		try {
			while (this.position < this.message.length) {
				long tag = varint();
				Object value = value((int) tag & 7);
				if (tag >>> 3 == field && ((int) tag & 7) == type) {
					return value;
				}
			}
			return null;
		}
		catch (IndexOutOfBoundsException ex) {
			return null;
		}
	}

	private Object value(int type) {
		return switch (type) {
			case VARINT -> varint();
			case FIXED64 -> take(8);
			case BYTES -> beginning(varint());
			case FIXED32 -> take(4);
			default -> throw new IndexOutOfBoundsException();
		};
	}

	private long varint() {
		long value = 0;
		for (int shift = 0; shift < 64; shift += 7) {
			byte next = this.message[this.position++];
			value |= (long) (next & 0x7f) << shift;
			if (next >= 0) {
				return value;
			}
		}
		throw new IndexOutOfBoundsException();
	}

	/** A message may be the beginning of a long one, cut within its last field. */
	private byte[] beginning(long length) {
		return take(Math.min(length, this.message.length - this.position));
	}

	private byte[] take(long length) {
		if (length < 0 || length > this.message.length - this.position) {
			throw new IndexOutOfBoundsException();
		}
		this.position += (int) length;
		return Arrays.copyOfRange(this.message, this.position - (int) length, this.position);
	}

}
