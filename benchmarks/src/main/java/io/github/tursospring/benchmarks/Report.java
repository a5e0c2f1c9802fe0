package io.github.tursospring.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Result of a scenario: a table, and whether its aims are met.
 */
final class Report {

	private final String title;

	private final List<List<String>> rows = new ArrayList<>();

	private final List<String> aims = new ArrayList<>();

	Report(String title, String... columns) {
		this.title = title;
		this.rows.add(List.of(columns));
	}

	void row(String... cells) {
		this.rows.add(List.of(cells));
	}

	/**
	 * Add an aim.
	 * @param met whether it is met
	 * @param aim the aim
	 * @param measured what was measured
	 */
	void aim(boolean met, String aim, String measured) {
		this.aims.add((met ? "Met: " : "**Missed:** ") + aim + ": " + measured + ".");
	}

	/**
	 * Return this report in Markdown, with aligned columns.
	 * @return the text
	 */
	String toMarkdown() {
		List<String> header = this.rows.get(0);
		int[] widths = new int[header.size()];
		for (List<String> row : this.rows) {
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], row.get(i).length());
			}
		}
		StringBuilder text = new StringBuilder("### " + this.title + "\n\n");
		appendRow(text, header, widths);
		appendRow(text, rules(widths), widths);
		this.rows.subList(1, this.rows.size()).forEach((row) -> appendRow(text, row, widths));
		this.aims.forEach((aim) -> text.append('\n').append(aim).append('\n'));
		return text.toString();
	}

	private static List<String> rules(int... widths) {
		List<String> rules = new ArrayList<>();
		for (int i = 0; i < widths.length; i++) {
			rules.add((i == 0) ? "-".repeat(widths[i]) : "-".repeat(widths[i] - 1) + ":");
		}
		return rules;
	}

	private static void appendRow(StringBuilder text, List<String> row, int... widths) {
		for (int i = 0; i < widths.length; i++) {
			String blanks = " ".repeat(widths[i] - row.get(i).length());
			text.append("| ").append((i == 0) ? row.get(i) + blanks : blanks + row.get(i)).append(' ');
		}
		text.append("|\n");
	}

}
