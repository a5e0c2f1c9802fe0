package io.github.tursospring.sample.browser;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

import io.github.tursospring.mock.MockEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the page in a real browser.
 */
@ExtendWith(ChromiumCondition.class)
class DashboardTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static Browser browser;

	private static Dashboard dashboard;

	private static RunningSample sample;

	@BeforeAll
	static void start() {
		browser = new Browser();
		dashboard = new Dashboard(browser);
		sample = RunningSample.ofAcme(1500);
	}

	@AfterAll
	static void stop() {
		sample.close();
		browser.close();
	}

	@BeforeEach
	void lookAtWideLightPage() {
		browser.view(1440, 1000, "light");
		dashboard.forget();
	}

	@AfterEach
	void nothingLeftTheMachineNorFailed() {
		dashboard.assertQuiet();
	}

	@Test
	void fills() {
		open("/");
		assertThat(browser.text("#turso .text")).startsWith("Turso answers in");
		assertThat(browser.text("#organization")).isEqualTo("acme");
		assertThat(browser.text("#figures")).startsWith(Dashboard.amount(sample.newestFirst().size()) + ", ");
		assertThat(browser.texts(Dashboard.ROWS + " .message"))
			.startsWith(sample.newestFirst().stream().limit(10).map(MockEntry::message).toArray(String[]::new));
		assertThat(browser.find("#grid").getDomAttribute("aria-rowcount"))
			.isEqualTo(String.valueOf(sample.newestFirst().size() + 1));
		assertThat(dashboard.drawn()).isEqualTo(sample.newestFirst().size());
		assertThat(browser.findAll(".person")).isNotEmpty();
	}

	@Test
	void showsNewEntriesAsTheyArrive() {
		open("/");
		MockEntry entry = sample.append("db-delete", "noor", "Database live deleted");
		dashboard.awaitEntries(sample.newestFirst().size());
		assertThat(browser.texts(Dashboard.ROWS + " .message")).startsWith(entry.message());
		assertThat(browser.texts(Dashboard.ROWS + ":first-child .code")).containsExactly("db-delete");
		assertThat(browser.text("#announcement")).isEqualTo("1 new entry");
		assertThat(dashboard.drawn()).isEqualTo(sample.newestFirst().size());
	}

	@Test
	void filterNarrowsTableAndChartAndSurvivesReload() {
		open("/");
		browser.click(".person[data-key=maya]");
		long ofMaya = count((entry) -> entry.author().equals("maya"));
		dashboard.awaitEntries(ofMaya);
		assertThat(browser.url()).endsWith("/?author=maya");
		assertThat(dashboard.drawn()).isEqualTo(ofMaya);
		browser.reload();
		dashboard.awaitEntries(ofMaya);
		assertThat(dashboard.drawn()).isEqualTo(ofMaya);
		assertThat(browser.texts(Dashboard.ROWS + " .author")).containsOnly("maya");
		browser.find("[name=q]").sendKeys("TMP-");
		long matching = count((entry) -> entry.author().equals("maya") && entry.message().contains("tmp-"));
		dashboard.awaitEntries(matching);
		assertThat(dashboard.drawn()).isEqualTo(matching);
		assertThat(export()).hasLineCount((int) matching);
		browser.click("#clear");
		dashboard.awaitEntries(sample.newestFirst().size());
	}

	@Test
	void clickOnABarShowsThatDayAndKind() {
		open("/");
		@SuppressWarnings("unchecked")
		List<Number> bar = (List<Number>) browser.run("""
				const chart = Chart.getChart('canvas');
				const data = chart.data.datasets[0].data;
				const { x, y } = chart.getDatasetMeta(0).data[data.indexOf(Math.max(...data))].getCenterPoint();
				return [x, y];
				""");
		browser.clickAt("#canvas", bar.get(0).intValue(), bar.get(1).intValue());
		Awaitility.await().atMost(TIMEOUT).until(() -> browser.url().contains("kind=destructive"));
		String day = browser.url();
		assertThat(day).contains("startTime=").contains("endTime=");
		LocalDate date = LocalDate.parse(day.replaceAll(".*startTime=([0-9-]{10}).*", "$1"));
		dashboard.awaitEntries(count((entry) -> LocalDate.ofInstant(entry.createdAt(), ZoneOffset.UTC).equals(date)
				&& entry.code().matches(".*-(delete|rm)") && !entry.code().contains("member")));
		browser.click(Dashboard.ROWS + " .code .link");
		Awaitility.await().atMost(TIMEOUT).until(() -> browser.url().contains("code="));
	}

	@Test
	void isUsableByKeyboard() {
		open("/");
		browser.run("document.querySelector('#rows .row[tabindex=\"0\"]').focus()");
		dashboard.active().sendKeys(Keys.END);
		MockEntry oldest = sample.newestFirst().get(sample.newestFirst().size() - 1);
		assertThat(browser.run("return document.activeElement.querySelector('.message').textContent"))
			.isEqualTo(oldest.message());
		dashboard.active().sendKeys(Keys.ENTER);
		assertThat(browser.text("#details-title")).isEqualTo(oldest.message());
		dashboard.active().sendKeys(Keys.ESCAPE);
		assertThat(browser.run("return document.activeElement.getAttribute('aria-rowindex')"))
			.isEqualTo(String.valueOf(sample.newestFirst().size() + 1));
		dashboard.active().sendKeys(Keys.HOME, Keys.ARROW_DOWN);
		assertThat(browser.run("return document.activeElement.getAttribute('aria-rowindex')")).isEqualTo("3");
	}

	@Test
	void saysThatNothingMatches() {
		browser.open(sample.url() + "/?q=no-such-thing");
		browser.await("#empty .empty-title", "No entry matches");
		Awaitility.await().atMost(TIMEOUT).until(() -> browser.find("#empty").isDisplayed());
	}

	@Test
	void saysWhyTheLogCannotBeRead() {
		browser.open(sample.url() + "/?startTime=2026-02-01T00:00:00Z&endTime=2026-01-01T00:00:00Z");
		browser.await("#problem .problem-title", "The log could not be read");
		Awaitility.await().atMost(TIMEOUT).until(() -> browser.find("#problem").isDisplayed());
		assertThat(browser.text("#problem .problem-text")).contains("startTime must not be after endTime");
		browser.consoleErrors();
	}

	@ParameterizedTest
	@CsvSource({ "1440, light", "1440, dark", "390, light", "390, dark" })
	void isAccessibleAndFits(int width, String colorScheme) throws IOException {
		browser.view(width, 900, colorScheme);
		open("/?kind=destructive");
		dashboard.assertNothingOverflows(width);
		assertThat(browser.accessibilityViolations()).isEmpty();
		browser.run("document.querySelector('.days-as-table').open = true");
		browser.run("document.querySelector(arguments[0]).click()", Dashboard.ROWS);
		dashboard.assertNothingOverflows(width);
		assertThat(browser.accessibilityViolations()).isEmpty();
	}

	private static void open(String path) {
		browser.open(sample.url() + path);
		browser.await("#live .text", "Live");
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> browser.text("#entry-figures").matches("[0-9,]+ (entry|entries)"));
		if (path.equals("/")) {
			dashboard.awaitEntries(sample.newestFirst().size());
		}
		Awaitility.await().atMost(TIMEOUT).until(() -> browser.text("#turso .text").startsWith("Turso answers"));
	}

	private static long count(Predicate<MockEntry> predicate) {
		return sample.newestFirst().stream().filter(predicate).count();
	}

	private static String export() {
		return (String) browser.run("""
				const request = new XMLHttpRequest();
				request.open('GET', document.querySelector('[data-format=ndjson]').href, false);
				request.send();
				return request.responseText;
				""");
	}

}
