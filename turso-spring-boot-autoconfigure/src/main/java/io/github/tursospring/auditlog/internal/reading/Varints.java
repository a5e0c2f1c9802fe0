package io.github.tursospring.auditlog.internal.reading;

import java.nio.ByteBuffer;

/**
 * Whole numbers, from 0, in seven bits a byte.
 */
final class Varints {

	private Varints() {
	}

	static void put(ByteBuffer buffer, long value) {
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			buffer.put((byte) ((rest & 0x7F) | 0x80));
			rest >>>= 7;
		}
		buffer.put((byte) rest);
	}

	static long get(ByteBuffer buffer) {
		long value = 0;
		for (int shift = 0; shift < 64; shift += 7) {
			byte next = buffer.get();
			value |= (next & 0x7FL) << shift;
			if (next >= 0) {
				return value;
			}
		}
		throw new ArithmeticException("a number is too long");
	}

}
