package io.github.tursospring.sample.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.github.tursospring.sample.search.Search;
import io.github.tursospring.sample.search.SearchParameters;

/**
 * Options that say which entries to export.
 */
final class SearchOptions {

	@Option(names = { "--from", "--start-time" }, paramLabel = "<time>",
			description = "Earliest time, inclusive, such as 2026-01-31T00:00:00Z.")
	private @Nullable String from;

	@Option(names = { "--to", "--end-time" }, paramLabel = "<time>", description = "Latest time, exclusive.")
	private @Nullable String to;

	@Option(names = "--code", paramLabel = "<code>", split = ",",
			description = "Any of these codes, such as db-delete.")
	private List<String> code = List.of();

	@Option(names = "--author", paramLabel = "<name>", split = ",", description = "Any of these authors.")
	private List<String> author = List.of();

	@Option(names = "--origin", paramLabel = "<origin>", split = ",", description = "Any of these origins: cli, web.")
	private List<String> origin = List.of();

	@Option(names = "--not-code", paramLabel = "<code>", split = ",", description = "None of these codes.")
	private List<String> notCode = List.of();

	@Option(names = "--not-author", paramLabel = "<name>", split = ",", description = "None of these authors.")
	private List<String> notAuthor = List.of();

	@Option(names = "--not-origin", paramLabel = "<origin>", split = ",", description = "None of these origins.")
	private List<String> notOrigin = List.of();

	@Option(names = "--kind", paramLabel = "<kind>", split = ",",
			description = "Any of these kinds: destructive, created, access, members, other.")
	private List<String> kind = List.of();

	@Option(names = "--text", paramLabel = "<text>", description = "Text in the message, author, code or details.")
	private @Nullable String text;

	/** Return what is asked for. */
	Search search(@Nullable String organization) {
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		put(parameters, "organization", organization);
		put(parameters, "from", this.from);
		put(parameters, "to", this.to);
		put(parameters, "text", this.text);
		parameters.put("code", this.code);
		parameters.put("author", this.author);
		parameters.put("origin", this.origin);
		parameters.put("notCode", this.notCode);
		parameters.put("notAuthor", this.notAuthor);
		parameters.put("notOrigin", this.notOrigin);
		parameters.put("kind", this.kind);
		try {
			return SearchParameters.of(parameters).search();
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					String.valueOf(ex.getMessage()).replaceFirst("^(from|to|kind|organization|text) must", "--$1 must"),
					ex);
		}
	}

	private static void put(Map<String, List<String>> parameters, String name, @Nullable String value) {
		if (value != null) {
			parameters.put(name, List.of(value));
		}
	}

}
