package io.github.tursospring.auditlog.internal.engine;

/**
 * Thrown for a page that breaks the API's contract, so that reading on could lose or
 * repeat entries.
 */
public final class ContractViolation extends RuntimeException {

	private final boolean transientViolation;

	private ContractViolation(String message, boolean transientViolation) {
		super(message, null, false, false);
		this.transientViolation = transientViolation;
	}

	static ContractViolation permanent(String message) {
		return new ContractViolation(message, false);
	}

	static ContractViolation ofMoment(String message) {
		return new ContractViolation(message, true);
	}

	/**
	 * Return whether the same request may not show it again: rows and total of a response
	 * can be those of two moments.
	 */
	public boolean isTransient() {
		return this.transientViolation;
	}

	@Override
	public String getMessage() {
		return String.valueOf(super.getMessage());
	}

}
