package io.github.tursospring.auditlog.internal.reading;

/**
 * Thrown when an answer cannot be part of the log that the API describes, so that going
 * on could lose or repeat entries.
 */
final class ContractViolation extends RuntimeException {

	private final boolean passing;

	private ContractViolation(String message, boolean passing) {
		super(message);
		this.passing = passing;
	}

	static ContractViolation lasting(String message) {
		return new ContractViolation(message, false);
	}

	/**
	 * A violation that the same request may not show again: the rows and the total of an
	 * answer can be those of two moments.
	 * @param message what was wrong
	 * @return the violation
	 */
	static ContractViolation passing(String message) {
		return new ContractViolation(message, true);
	}

	boolean isPassing() {
		return this.passing;
	}

}
