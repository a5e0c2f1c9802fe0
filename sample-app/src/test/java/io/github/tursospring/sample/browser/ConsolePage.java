package io.github.tursospring.sample.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console's page in a browser.
 */
class ConsolePage {

	static final String ROWS = "#rows .row:not(.pending)";

	/**
	 * Where the pictures go; {@code -Dconsole.pictures=../docs/images} renews the
	 * documents'.
	 */
	private static final Path PICTURES = Path.of(System.getProperty("console.pictures", "target/pictures"));

	private static final int LARGEST_PICTURE = 250_000;

	final Browser browser;

	ConsolePage(Browser browser) {
		this.browser = browser;
	}

	void reset() {
		this.browser.view(1280, 900, "light");
		this.browser.requests();
		this.browser.consoleErrors();
	}

	/** Leave the page, so that it asks for nothing any more. */
	void leave() {
		this.browser.answerNothing();
		this.browser.open("about:blank");
		this.browser.requests();
		this.browser.consoleErrors();
	}

	/** Check that nothing was asked for elsewhere, and that the console has no error. */
	void assertQuiet() {
		assertThat(this.browser.requests())
			.allSatisfy((url) -> assertThat(url).matches("(http://127\\.0\\.0\\.1:[0-9]+/|data:|about:).*"));
		assertThat(this.browser.consoleErrors()).isEmpty();
	}

	/** Open an address, and wait until all is shown and live. */
	void open(String url, long entries) {
		this.browser.open(url);
		awaitLive(entries);
	}

	void awaitLive(long entries) {
		this.browser.await("#live-text", "Live");
		awaitEntries(entries);
	}

	void awaitEntries(long entries) {
		this.browser.await("#entry-figures", (entries == 0) ? "" : amount(entries));
		assertThat(sum("#kinds b")).isEqualTo(entries);
	}

	/** Return the sum of the numbers in some elements. */
	long sum(String selector) {
		return this.browser.texts(selector).stream().mapToLong((text) -> Long.parseLong(text.replace(",", ""))).sum();
	}

	List<String> messages() {
		return this.browser.texts(ROWS + " .message");
	}

	WebElement column(int index) {
		return this.browser.findAll("#drawing .column").get(index);
	}

	void include(String facet, String value) {
		this.browser.click("#facet-" + facet + " [data-value='" + value + "'] .include");
	}

	void exclude(String facet, String value) {
		this.browser.click("#facet-" + facet + " [data-value='" + value + "'] .exclude");
	}

	void choose(String name, String value) {
		this.browser.click("label:has(input[name='" + name + "'][value='" + value + "'])");
	}

	String clipboard() {
		return (String) this.browser.runAsync("navigator.clipboard.readText().then(arguments[0])");
	}

	void assertNothingOverflows(int width) {
		assertThat((Long) this.browser.run("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
		assertThat(this.browser
			.run("""
					return [...document.body.querySelectorAll('*')]
							.filter((e) => !e.closest('#rows, .hidden, .skip, .row.head, .as-table, .tick') && e.checkVisibility())
							.filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5 || e.getBoundingClientRect().left < -0.5)
							.map((e) => e.outerHTML.slice(0, 100)).join()
					"""))
			.isEqualTo("");
	}

	void assertAccessible() throws IOException {
		assertThat(this.browser.accessibilityViolations()).isEmpty();
	}

	/** Take a picture for the documents. */
	void picture(String name) throws IOException {
		byte[] png = this.browser.screenshot();
		Files.createDirectories(PICTURES);
		Files.write(PICTURES.resolve("console-" + name + ".png"), png);
		assertThat(png).hasSizeLessThan(LARGEST_PICTURE);
	}

	static String amount(long count) {
		return String.format(Locale.ROOT, "%,d %s", count, (count == 1) ? "entry" : "entries");
	}

}
