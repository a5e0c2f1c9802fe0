package io.github.tursospring.sample.browser;

import java.util.Locale;

import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What there is to see on the page.
 */
class Dashboard {

	static final String ROWS = "#rows .row:not(.pending)";

	private final Browser browser;

	Dashboard(Browser browser) {
		this.browser = browser;
	}

	/** Check that nothing was asked for elsewhere, and that the console has no error. */
	void assertQuiet() {
		assertThat(this.browser.requests())
			.allSatisfy((url) -> assertThat(url).matches("(http://127\\.0\\.0\\.1:[0-9]+/|data:|about:).*"));
		assertThat(this.browser.consoleErrors()).isEmpty();
	}

	/** Leave the page, whose server is about to stop. */
	void leave() {
		this.browser.open("about:blank");
	}

	void forget() {
		this.browser.requests();
		this.browser.consoleErrors();
	}

	void awaitLive(long entries) {
		this.browser.await("#live .text", "Live");
		awaitEntries(entries);
	}

	void awaitEntries(long entries) {
		this.browser.await("#entry-figures", amount(entries));
	}

	/** Return how many entries the chart shows. */
	long drawn() {
		return (Long) this.browser.run("""
				return Chart.getChart('canvas').data.datasets.flatMap((set) => set.data).reduce((a, b) => a + b, 0)
				""");
	}

	WebElement active() {
		return (WebElement) this.browser.run("return document.activeElement");
	}

	void assertNothingOverflows(int width) {
		assertThat((Long) this.browser.run("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
		assertThat(this.browser
			.run("""
					return [...document.body.querySelectorAll('*')]
							.filter((e) => !e.closest('#rows, .hidden, .skip, .row.head, .days-as-table') && e.checkVisibility())
							.filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5 || e.getBoundingClientRect().left < -0.5)
							.map((e) => e.outerHTML.slice(0, 100)).join()
					"""))
			.isEqualTo("");
	}

	static String amount(long count) {
		return String.format(Locale.ROOT, "%,d %s", count, (count == 1) ? "entry" : "entries");
	}

}
