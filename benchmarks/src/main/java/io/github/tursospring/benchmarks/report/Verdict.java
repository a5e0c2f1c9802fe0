package io.github.tursospring.benchmarks.report;

/**
 * Whether an aim is met.
 *
 * @param met whether it is
 * @param aim the aim
 * @param measured what was measured of it
 */
public record Verdict(boolean met, String aim, String measured) {

	/** As a line of Markdown. */
	String toMarkdown() {
		return (this.met ? "Met: " : "**Missed:** ") + this.aim + ": " + this.measured + ".";
	}

}
