package io.github.tursospring.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What a scenario has measured: a table, and the aims beside it.
 */
public final class Report {

	private final String title;

	private final List<List<String>> rows = new ArrayList<>();

	private final List<Verdict> verdicts = new ArrayList<>();

	/**
	 * Create a new report.
	 * @param title what was measured, and on what
	 * @param columns the names of the columns
	 */
	public Report(String title, String... columns) {
		this.title = title;
		this.rows.add(List.of(columns));
	}

	/**
	 * Add a row.
	 * @param cells its cells
	 */
	public void row(String... cells) {
		this.rows.add(List.of(cells));
	}

	/**
	 * Say whether an aim is met.
	 * @param met whether it is
	 * @param aim the aim
	 * @param measured what was measured of it
	 */
	public void aim(boolean met, String aim, String measured) {
		this.verdicts.add(new Verdict(met, aim, measured));
	}

	/**
	 * Return this report as Markdown that is readable as it is.
	 * @return the text
	 */
	public String toMarkdown() {
		StringBuilder text = new StringBuilder("**" + this.title + "**\n\n");
		List<String> header = this.rows.get(0);
		int[] widths = new int[header.size()];
		this.rows.forEach((row) -> {
			for (int i = 0; i < widths.length; i++) {
				widths[i] = Math.max(widths[i], row.get(i).length());
			}
		});
		appendRow(text, header, widths);
		appendRow(text, rules(widths), widths);
		this.rows.subList(1, this.rows.size()).forEach((row) -> appendRow(text, row, widths));
		this.verdicts.forEach((verdict) -> text.append('\n').append(verdict.toMarkdown()).append('\n'));
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
