package io.github.tursospring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The documents of the project, and what is in them.
 */
final class Documents {

	static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern BLOCK = Pattern.compile("^ *```(\\w*)\n(.*?)^ *```$",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^\\[\\]]*]\\(([^()\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+?) *$", Pattern.MULTILINE);

	private Documents() {
	}

	/** All Markdown files that contributors write, relative to the root. */
	static List<Path> all() {
		List<Path> documents = new ArrayList<>();
		for (String start : List.of("", "docs", "sample-app", ".github")) {
			int depth = (start.isEmpty() || start.equals("sample-app")) ? 1 : Integer.MAX_VALUE;
			Path folder = ROOT.resolve(start);
			if (Files.isDirectory(folder)) {
				try (Stream<Path> files = Files.walk(folder, depth)) {
					files.filter((file) -> file.toString().endsWith(".md"))
						.map(ROOT::relativize)
						.forEach(documents::add);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		}
		return documents.stream().sorted().toList();
	}

	static String text(Path document) {
		try {
			return Files.readString(ROOT.resolve(document));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String text(String document) {
		return text(Path.of(document));
	}

	/** Code blocks of a language. */
	static List<String> blocks(Path document, String language) {
		return BLOCK.matcher(text(document))
			.results()
			.filter((match) -> match.group(1).equals(language))
			.map((match) -> match.group(2))
			.toList();
	}

	static List<String> blocks(String document, String language) {
		return blocks(Path.of(document), language);
	}

	/** Code blocks of a language, in all documents. */
	static Stream<String> blocks(String language) {
		return all().stream().flatMap((document) -> blocks(document, language).stream());
	}

	/** A section, from its heading to the next one of its level. */
	static String section(String document, String heading) {
		String text = text(document);
		int start = text.indexOf("\n" + heading + "\n");
		int end = text.indexOf("\n## ", start + 1);
		return (start < 0) ? "" : text.substring(start + 1, (end < 0) ? text.length() : end);
	}

	/** Targets of links. */
	static List<String> links(Path document) {
		return LINK.matcher(withoutBlocks(document)).results().map((match) -> match.group(1)).toList();
	}

	/** The anchors that GitHub gives to the headings. */
	static Set<String> anchors(Path document) {
		Set<String> anchors = new TreeSet<>();
		HEADING.matcher(withoutBlocks(document)).results().map((match) -> anchor(match.group(1))).forEach((anchor) -> {
			String unique = anchor;
			for (int i = 1; !anchors.add(unique); i++) {
				unique = anchor + "-" + i;
			}
		});
		return anchors;
	}

	static String anchor(String heading) {
		return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
	}

	static String withoutBlocks(Path document) {
		return BLOCK.matcher(text(document)).replaceAll("");
	}

	/** First cells of the rows of all tables that have this header. */
	static List<List<String>> rows(String document, String header) {
		List<List<String>> rows = new ArrayList<>();
		boolean table = false;
		for (String line : text(document).lines().toList()) {
			if (line.startsWith(header)) {
				table = true;
			}
			else if (!line.startsWith("|")) {
				table = false;
			}
			else if (table && !line.startsWith("|--")) {
				rows.add(Stream.of(line.substring(1).split("(?<!\\\\)\\|", -1)).map(String::strip).toList());
			}
		}
		return rows;
	}

	/** The texts in back-quotes. */
	static List<String> literals(String text) {
		Matcher matcher = Pattern.compile("`([^`\n]+)`").matcher(text);
		return matcher.results().map((MatchResult match) -> match.group(1)).toList();
	}

}
