package io.github.tursospring.auditlog.internal.observation;

/**
 * What a log is read for: the methods of a client.
 */
public enum Operation {

	/** Every entry. */
	STREAM_ALL,

	/** Every entry, in pages. */
	STREAM_PAGES,

	/** One page. */
	LIST,

	/** The entry of an id. */
	RETRIEVE,

	/** Every entry and those to come. */
	FOLLOW

}
