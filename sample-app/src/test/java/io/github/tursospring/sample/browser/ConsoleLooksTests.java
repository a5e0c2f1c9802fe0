package io.github.tursospring.sample.browser;

import java.io.IOException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of how the page looks: wide and narrow, light and dark.
 */
@ExtendWith(ConsoleExtension.class)
@Tag("slow")
class ConsoleLooksTests {

	private final ConsolePage page;

	private final Browser browser;

	private final RunningConsole console;

	ConsoleLooksTests(ConsolePage page, RunningConsole console) {
		this.page = page;
		this.browser = page.browser;
		this.console = console;
	}

	@ParameterizedTest
	@CsvSource({ "1280, 900, light, light", "1280, 900, dark, dark", "390, 844, light, phone",
			"390, 844, dark, phone-dark" })
	void pageShouldFitAndBeAccessible(int width, int height, String colorScheme, String name) throws IOException {
		this.browser.view(width, height, colorScheme);
		this.browser.open(this.console.url() + "/?organization=acme");
		this.browser.await("#live-text", "Live");
		assertLooksRight(width);
		this.page.picture(name);
		this.browser.open(
				this.console.url() + "/?organization=acme&range=90d&author=maya&author=sam&notCode=db-create&text=tmp");
		this.browser.await("#live-text", "Live");
		this.browser.run("document.querySelectorAll('#facets, #bars-table').forEach((details) => details.open = true)");
		assertLooksRight(width);
		this.browser.run("document.querySelector('#bars-table').open = false");
		picture(name + "-filtered", colorScheme);
		for (String menu : new String[] { "#custom-menu", "#export" }) {
			this.browser.click(menu + " summary");
			assertLooksRight(width);
			this.browser.click(menu + " summary");
		}
		this.browser.run("document.querySelectorAll(arguments[0])[7].click()", ConsolePage.ROWS + " .message");
		this.browser.await(() -> assertThat(this.browser.findAll("#nearby-list li")).isNotEmpty());
		assertLooksRight(width);
		picture(name + "-entry", colorScheme);
		this.browser.click("#entry-close");
		this.browser.click("#verify-open");
		assertLooksRight(width);
	}

	private void picture(String name, String colorScheme) throws IOException {
		if (colorScheme.equals("light")) {
			this.page.picture(name);
		}
	}

	private void assertLooksRight(int width) throws IOException {
		this.page.assertNothingOverflows(width);
		this.page.assertAccessible();
	}

}
