package io.github.tursospring.auditlog.internal.reading;

/**
 * What one slice has brought.
 *
 * @param batch the rows to emit
 * @param done whether that was all
 * @param astray whether rows before the slice are missing, so that another window has to
 * be looked at first
 * @param slice the slice
 * @param before where reading stood before it
 * @param after where reading stands after all of the batch
 * @param lookback how far behind the latest row the boundary's edge is to stay
 */
record Step(Batch batch, boolean done, boolean astray, Slice slice, Position before, Position after,
		Lookback lookback) {

	/**
	 * Return the place to go on from when just the first rows of the batch have been
	 * dealt with.
	 * @param count how many
	 * @return the place
	 */
	Position position(int count) {
		if (count >= this.batch.size()) {
			return this.after;
		}
		if (count == 0) {
			return this.before;
		}
		Boundary boundary = this.before.boundary().after(this.batch, count, this.lookback);
		int last = this.slice.lastBefore(boundary.edge());
		long anchor = (last >= 0) ? this.slice.offset(last) : this.before.anchor();
		return new Position(boundary, anchor, this.after.total(), this.after.maxPageSize());
	}

}
