package io.github.tursospring.auditlog.follow;

/**
 * Is told when a position cannot be loaded or saved. Must neither block nor throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CheckpointListener {

	/** Listens to nothing. */
	CheckpointListener NONE = (organization, failure) -> {
	};

	/**
	 * A position could not be loaded or saved.
	 * @param organization the organization's slug
	 * @param failure what failed
	 */
	void onFailure(String organization, Failure failure);

	/**
	 * What can fail.
	 */
	enum Failure {

		/** The position could not be loaded. */
		LOAD,

		/** The position could not be saved. */
		SAVE,

		/** Another follower has moved the position. */
		OVERTAKEN

	}

}
