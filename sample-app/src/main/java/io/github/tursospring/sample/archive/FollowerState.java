package io.github.tursospring.sample.archive;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * States of the follower that archives, the worst last.
 */
public enum FollowerState {

	/** This instance archives. */
	LEADING,

	/** Another instance archives. */
	STANDBY,

	/** Paused by an operator. */
	PAUSED,

	/** Stopped, with the application or at a gap. */
	STOPPED,

	/** The last attempt failed and is retried. */
	FAILING;

	@JsonValue
	String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
