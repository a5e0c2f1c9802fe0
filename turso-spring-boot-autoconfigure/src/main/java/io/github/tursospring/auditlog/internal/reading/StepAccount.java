package io.github.tursospring.auditlog.internal.reading;

/**
 * Tells a listener what the steps of a walk came to.
 */
final class StepAccount {

	private final ReadingListener listener;

	StepAccount(ReadingListener listener) {
		this.listener = listener;
	}

	/**
	 * Take a step into account.
	 * @param step the step
	 * @param planned whether its window was to continue what had been read, rather than
	 * to find out where that is
	 */
	void add(Step step, boolean planned) {
		boolean read = !step.batch().isEmpty() || step.done();
		if (planned && !read) {
			this.listener.onRefetch();
		}
		int skipped = (planned || read) ? readBefore(step) : 0;
		if (skipped > 0) {
			this.listener.onSkipped(skipped);
		}
	}

	/** How many rows of a step's slice had been read before. */
	private static int readBefore(Step step) {
		Boundary boundary = step.before().boundary();
		if (boundary.emitted().isEmpty()) {
			return 0;
		}
		return step.slice().indexOf(boundary.latest() + 1) - upTo(step.batch(), boundary.latest());
	}

	private static int upTo(Batch batch, long time) {
		int count = 0;
		while (count < batch.size() && batch.time(count) <= time) {
			count++;
		}
		return count;
	}

}
