package io.github.tursospring.auditlog.internal.reading;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

import io.github.tursospring.auditlog.internal.engine.Checkpoint;
import io.github.tursospring.auditlog.internal.engine.Cursor;
import io.github.tursospring.auditlog.internal.engine.EntryKey;
import io.github.tursospring.auditlog.internal.engine.LogSize;
import io.github.tursospring.auditlog.internal.engine.PageRequest;

/**
 * The bytes of a checkpoint. Most numbers are small, and written in seven bits a byte.
 */
final class CheckpointFormat {

	private static final int LEAST_ROW_BYTES = 10;

	private static final int MOST_ROW_BYTES = 30;

	private static final int MOST_BYTES_BESIDE_ROWS = 100;

	private CheckpointFormat() {
	}

	/** Return the most bytes that a checkpoint can take. */
	static int mostBytes(Checkpoint checkpoint) {
		Cursor cursor = checkpoint.cursor();
		return MOST_BYTES_BESIDE_ROWS + (cursor.emitted().size() + cursor.ahead().size()) * MOST_ROW_BYTES;
	}

	/** Write a checkpoint. */
	static void write(Checkpoint checkpoint, ByteBuffer bytes) {
		Cursor cursor = checkpoint.cursor();
		bytes.putLong(cursor.watermark());
		putNumber(bytes, cursor.count());
		putNumber(bytes, cursor.emitted().size());
		putRows(bytes, cursor.emitted(), (time) -> time - cursor.watermark());
		boolean anchored = checkpoint.anchor() != Checkpoint.NO_ANCHOR;
		putNumber(bytes, anchored ? zigzag(checkpoint.anchor()) + 1 : 0);
		putNumber(bytes, checkpoint.log().total() + 1);
		putNumber(bytes, checkpoint.log().limit());
		putNumber(bytes, checkpoint.log().untilRetry());
		if (!cursor.ahead().isEmpty()) {
			putNumber(bytes, cursor.ahead().size());
			putRows(bytes, cursor.ahead(), CheckpointFormat::zigzag);
		}
	}

	private static void putRows(ByteBuffer bytes, Map<EntryKey, Integer> rows, LongUnaryOperator time) {
		rows.forEach((key, times) -> {
			putNumber(bytes, time.applyAsLong(key.time()));
			bytes.putLong(key.hash());
			putNumber(bytes, times);
		});
	}

	private static void putNumber(ByteBuffer bytes, long value) {
		long rest = value;
		while ((rest & ~0x7FL) != 0) {
			bytes.put((byte) ((rest & 0x7F) | 0x80));
			rest >>>= 7;
		}
		bytes.put((byte) rest);
	}

	/** Whole numbers from 0, small for small numbers of either sign. */
	private static long zigzag(long value) {
		return (value << 1) ^ (value >> 63);
	}

	private static long unzigzag(long value) {
		return (value >>> 1) ^ -(value & 1);
	}

	/**
	 * Read a checkpoint, to the end of the bytes.
	 * @throws IllegalArgumentException if no checkpoint has these bytes
	 * @throws java.nio.BufferUnderflowException if bytes are missing
	 * @throws ArithmeticException if a number is too large
	 */
	static Checkpoint read(ByteBuffer bytes) {
		long watermark = bytes.getLong();
		check(watermark == Long.MIN_VALUE || isTime(watermark));
		long count = getNumber(bytes);
		long rows = getNumber(bytes);
		check(rows >= 0 && rows <= Cursor.MAX_ROWS && rows * LEAST_ROW_BYTES <= bytes.remaining());
		Map<EntryKey, Integer> emitted = new LinkedHashMap<>();
		long counted = getRows(bytes, rows, (time) -> Math.addExact(watermark, time), emitted);
		boolean partial = count > Cursor.MAX_ROWS && emitted.size() == 1;
		check(count >= 0 && count <= Integer.MAX_VALUE && (partial || count == counted));
		long anchor = getNumber(bytes);
		long place = (anchor != 0) ? unzigzag(anchor - 1) : Checkpoint.NO_ANCHOR;
		long total = getNumber(bytes) - 1;
		int limit = Math.toIntExact(getNumber(bytes));
		int untilRetry = Math.toIntExact(getNumber(bytes));
		check(place == Checkpoint.NO_ANCHOR || Math.abs(place) <= LogSize.MAX_TOTAL);
		check(total >= -1 && total <= LogSize.MAX_TOTAL && limit >= 1 && limit <= PageRequest.MAX_PAGE_SIZE
				&& untilRetry >= 0);
		Map<EntryKey, Integer> ahead = ahead(bytes);
		check(!bytes.hasRemaining());
		return new Checkpoint(new Cursor(watermark, emitted, count, ahead), place,
				new LogSize(total, 0, limit, untilRetry));
	}

	private static Map<EntryKey, Integer> ahead(ByteBuffer bytes) {
		Map<EntryKey, Integer> ahead = new LinkedHashMap<>();
		long rows = bytes.hasRemaining() ? getNumber(bytes) : 0;
		check(rows >= 0 && rows <= Cursor.MAX_AHEAD);
		check(getRows(bytes, rows, CheckpointFormat::unzigzag, ahead) <= Cursor.MAX_AHEAD);
		return ahead;
	}

	/**
	 * Read rows and how often each was emitted.
	 * @return how many rows were emitted, identical ones too
	 */
	private static long getRows(ByteBuffer bytes, long rows, LongUnaryOperator time, Map<EntryKey, Integer> emitted) {
		long counted = 0;
		for (int i = 0; i < rows; i++) {
			long rowTime = time.applyAsLong(getNumber(bytes));
			long hash = bytes.getLong();
			int times = Math.toIntExact(getNumber(bytes));
			check(times > 0 && isTime(rowTime));
			emitted.put(new EntryKey(rowTime, hash), times);
			counted += times;
		}
		return counted;
	}

	private static long getNumber(ByteBuffer bytes) {
		long value = 0;
		for (int shift = 0; shift < 64; shift += 7) {
			byte next = bytes.get();
			value |= (next & 0x7FL) << shift;
			if (next >= 0) {
				return value;
			}
		}
		throw new ArithmeticException("a number is too long");
	}

	/** Whether a number is an epoch second, or a negated one. */
	private static boolean isTime(long time) {
		return time >= Instant.MIN.getEpochSecond() && time <= -Instant.MIN.getEpochSecond();
	}

	private static void check(boolean condition) {
		if (!condition) {
			throw new IllegalArgumentException("no checkpoint has these bytes");
		}
	}

}
