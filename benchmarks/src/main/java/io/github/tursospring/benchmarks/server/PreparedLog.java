package io.github.tursospring.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The text of all rows, newest first, made once and outside the heap: whatever page is
 * asked for lies in it as it is sent.
 */
final class PreparedLog {

	private final int rows;

	private final ByteBuf text;

	private final int[] ends;

	private PreparedLog(int rows, ByteBuf text, int[] ends) {
		this.rows = rows;
		this.text = text;
		this.ends = ends;
	}

	static PreparedLog of(int rows) {
		int[] ends = new int[rows + 1];
		ByteBuffer text = ByteBuffer.allocateDirect(Math.toIntExact(rows * 400L));
		for (int i = 0; i < rows; i++) {
			text.put(RowText.of(rows - i).getBytes(StandardCharsets.UTF_8)).put((byte) ',');
			ends[i + 1] = text.position();
		}
		return new PreparedLog(rows, Unpooled.wrappedBuffer(text.flip()), ends);
	}

	int rows() {
		return this.rows;
	}

	/**
	 * Return the text of some rows.
	 * @param from index of the first one, 0 being the newest
	 * @param to index after the last one
	 * @return their JSON, with commas between them
	 */
	ByteBuf text(int from, int to) {
		if (from >= to) {
			return Unpooled.EMPTY_BUFFER;
		}
		return this.text.retainedSlice(this.ends[from], this.ends[to] - 1 - this.ends[from]);
	}

}
