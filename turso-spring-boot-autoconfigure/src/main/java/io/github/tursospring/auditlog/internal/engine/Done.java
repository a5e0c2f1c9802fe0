package io.github.tursospring.auditlog.internal.engine;

/**
 * Everything has been read.
 *
 * @param progress how far reading has come
 */
record Done(Progress progress) implements ReadState {

	@Override
	public PageRequest request(ReadSpec spec) {
		throw new IllegalStateException("Reading is complete");
	}

	@Override
	public ReadState with(Progress newProgress) {
		return new Done(newProgress);
	}

	@Override
	public Transition accept(ValidatedPage page, Progress seen, ReadSpec spec) {
		throw new IllegalStateException("Reading is complete");
	}

}
