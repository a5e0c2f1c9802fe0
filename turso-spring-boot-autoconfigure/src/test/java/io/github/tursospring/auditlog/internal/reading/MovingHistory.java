package io.github.tursospring.auditlog.internal.reading;

import java.util.Random;

import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * A log, how it moves, and how it is read, made from a seed: servers that cap pages at
 * one row and more, and growth with every request.
 * <p>
 * Within limits it has to be read exactly; beyond them it is read exactly or refused by
 * name:
 * <ul>
 * <li>the server shows three rows a page and more,</li>
 * <li>the log grows by no more than a quarter of a page a response,</li>
 * <li>where rows of one second come in another order each time, or are identical, a
 * second has no more rows than a quarter of a page.</li>
 * <li>rows are removed at the oldest end, and not from seconds wider than a quarter of a
 * page.</li>
 * </ul>
 * Rows come in another order each time only where the server shows 20 rows a page and
 * more: page boundaries are multiples of the page size, and of fewer sizes there may be
 * none whose page shows a whole second with a row before it. The second is read by offset
 * then, which such rows break: rows of it may be repeated and lost, unnoticed.
 */
final class MovingHistory {

	private static final int[] PAGE_SIZES = { 1, 2, 3, 5, 10, 20, 50, 100, 100, 250, 1000 };

	private static final int[] CAPS = { 1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 50, 100, 1000, 1000 };

	private static final int SHUFFLING_CAP = 20;

	final long seed;

	final Random random;

	final Order order;

	final int pageSize;

	final int cap;

	final int concurrency;

	final ModelLog log;

	final double faultRate;

	private final boolean shuffling;

	private final int widest;

	/** How many rows come with each response, and how many more at times. */
	private final int growth;

	private final double insertRate;

	private final int insertMost;

	private final double removeRate;

	MovingHistory(long seed) {
		this.seed = seed;
		this.random = new Random(seed * 37 + 11);
		this.order = this.random.nextBoolean() ? Order.DESC : Order.ASC;
		this.pageSize = PAGE_SIZES[this.random.nextInt(PAGE_SIZES.length)];
		this.cap = CAPS[this.random.nextInt(CAPS.length)];
		this.concurrency = this.random.nextBoolean() ? 1 : 1 + this.random.nextInt(8);
		this.shuffling = this.random.nextInt(4) == 0 && this.cap >= SHUFFLING_CAP;
		int page = page();
		int quarter = Math.max(1, this.cap / 4);
		this.widest = 1 + this.random.nextInt(this.shuffling ? quarter : Math.min(200, 2 * this.cap));
		this.growth = (this.random.nextInt(3) == 0) ? this.random.nextInt(1 + page / 4) : 0;
		this.insertRate = this.random.nextInt(3) * 0.2;
		this.insertMost = 1 + this.random.nextInt(page);
		this.removeRate = this.random.nextInt(3) * 0.1;
		this.faultRate = (this.random.nextInt(3) == 0) ? 0.08 : 0;
		this.log = new ModelLog(this.random, this.cap, this.shuffling);
		int rows = this.random.nextInt(Math.min(1500, 40 * page));
		long second = 1_700_000_000L;
		while (this.log.size() < rows) {
			second += 1 + this.random.nextInt(50);
			int width = (this.random.nextInt(4) == 0) ? 1 + this.random.nextInt(this.widest) : 1;
			for (int i = 0; i < width; i++) {
				insert(second);
			}
		}
	}

	/** Rows that a page shows. */
	int page() {
		return Math.min(this.pageSize, this.cap);
	}

	/** Whether it has to be read, rather than read or refused. */
	boolean isReadable() {
		boolean calm = this.widest <= this.cap / 4 || this.removeRate == 0;
		double most = this.growth + this.insertRate * this.insertMost;
		return this.cap >= 3 && calm && most <= page() / 4.0;
	}

	ModelServer server() {
		ModelServer server = new ModelServer(this.log, this.random, this::move).failing(this.faultRate);
		return this.random.nextBoolean() ? server.reordering() : server;
	}

	private void insert(long second) {
		if (this.random.nextInt(8) == 0 && this.widest < this.cap / 4) {
			this.log.insert(second, "same");
		}
		else {
			this.log.insert(second);
		}
	}

	/** Move as the log does with each response. */
	void move(ModelLog moving) {
		if (this.random.nextBoolean()) {
			grow(this.growth);
		}
		if (this.random.nextDouble() < this.insertRate / 2) {
			grow(1 + this.random.nextInt(this.insertMost));
		}
		if (this.random.nextDouble() < this.removeRate) {
			moving.removeOldest(this.random.nextInt(1 + Math.max(1, moving.size() / 10)));
		}
	}

	private void grow(int rows) {
		long second = this.log.headSecond();
		int width = 0;
		for (int i = 0; i < rows; i++) {
			if (this.random.nextInt(3) > 0 || ++width >= this.widest) {
				second += 1 + this.random.nextInt(3);
				width = 0;
			}
			insert(second);
		}
	}

	@Override
	public String toString() {
		return "seed " + this.seed + " (" + this.order + ", page size " + this.pageSize + " of " + this.cap
				+ ", concurrency " + this.concurrency + ", shuffling " + this.shuffling + ", widest " + this.widest
				+ ", growth " + this.growth + " + " + this.insertRate + "x" + this.insertMost + ", removals "
				+ this.removeRate + ", faults " + this.faultRate + (isReadable() ? "" : ", beyond the limits") + ")";
	}

}
