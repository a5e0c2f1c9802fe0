package io.github.tursospring.sample.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.tursospring.sample.SampleApplication;
import io.github.tursospring.mock.MockEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the page in a real browser, where the log is hostile or long or its server
 * comes and goes.
 */
@ExtendWith(ChromiumCondition.class)
class DashboardUnderStressTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static Browser browser;

	private static Dashboard dashboard;

	@BeforeAll
	static void start() {
		browser = new Browser();
		dashboard = new Dashboard(browser);
	}

	@AfterAll
	static void stop() {
		browser.close();
	}

	@BeforeEach
	void forget() {
		dashboard.forget();
	}

	@AfterEach
	void nothingLeftTheMachineNorFailed() {
		dashboard.assertQuiet();
	}

	@Test
	void missesAndRepeatsNothingWhenTheServerGoesAndComesBack() {
		try (RunningSample restarted = new RunningSample((log) -> log.addNumbered(300))) {
			browser.open(restarted.url());
			dashboard.awaitLive(300);
			for (int round = 1; round <= 2; round++) {
				restarted.append("db-create", "iku", "just before " + round);
				restarted.stop();
				browser.await("#live .text", "Reconnecting");
				MockEntry twin = restarted.append("db-create", "iku", "twins while away " + round);
				restarted.append(twin);
				restarted.start();
				restarted.append("db-create", "iku", "after " + round);
				dashboard.awaitLive(restarted.newestFirst().size());
			}
			assertThat(browser.texts(Dashboard.ROWS + " .message"))
				.startsWith(restarted.newestFirst().stream().limit(10).map(MockEntry::message).toArray(String[]::new));
			assertThat(dashboard.drawn()).isEqualTo(308);
			dashboard.leave();
		}
		dashboard.forget();
	}

	@Test
	void hostileTextStaysText() {
		List<String> hostile = List.of("<img src=x onerror=window.pwned=1>", "</script><script>window.pwned=1</script>",
				"\u202Egnirts\u202C \u200F\u2067rtl", "{{7*7}}${7*7}<svg/onload=window.pwned=1>", "a".repeat(10_000),
				"javascript:window.pwned=1");
		try (RunningSample attacked = new RunningSample((log) -> log.addNumbered(3))) {
			for (String text : hostile) {
				attacked.append(text, text, text);
			}
			browser.open(attacked.url());
			dashboard.awaitLive(9);
			assertThat(browser.texts(Dashboard.ROWS + " .message").subList(0, 6)).containsExactlyInAnyOrderElementsOf(
					hostile.stream().map((text) -> text.substring(0, Math.min(400, text.length()))).toList());
			assertThat(browser.texts(".person .name")).containsAll(hostile);
			assertThat(browser.texts("[name=code] option")).containsAll(hostile);
			for (int i = 0; i < hostile.size(); i++) {
				browser.run("document.querySelectorAll(arguments[0])[arguments[1]].click()", Dashboard.ROWS, i);
				assertThat(hostile).contains(browser.text("#details-title"));
				browser.click("#details-close");
			}
			dashboard.assertNothingOverflows(1440);
			assertThat(browser.run("return String([window.pwned, document.images.length])")).isEqualTo(",0");
			dashboard.leave();
		}
	}

	@Test
	void doesNotFreezeOnAHundredThousandEntries() {
		try (RunningSample large = new RunningSample((log) -> log.addNumbered(100_000))) {
			browser.open(large.url());
			browser.run("""
					let last = performance.now();
					window.longest = 0;
					setInterval(() => {
						longest = Math.max(longest, performance.now() - last);
						last = performance.now();
					}, 10);
					""");
			dashboard.awaitLive(100_000);
			browser.run("document.querySelector('#grid').scrollTop = 1e9");
			Awaitility.await().atMost(TIMEOUT).until(() -> browser.texts(Dashboard.ROWS + " .message").contains("1"));
			assertThat(browser.findAll("#rows .row")).hasSizeLessThan(60);
			double longest = ((Number) browser.run("return window.longest")).doubleValue();
			System.out.printf("100,000 entries: the page was never busy for longer than %.0f ms%n", longest);
			assertThat(longest).isLessThan(1000);
			dashboard.leave();
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "dashboard.screenshot", matches = ".+",
			disabledReason = "Changes a file: run with -Ddashboard.screenshot=<file>")
	void screenshot() throws IOException {
		try (ConfigurableApplicationContext context = SpringApplication.run(SampleApplication.class, "--server.port=0",
				"--turso.api-token=")) {
			browser.view(1280, 1000, "light");
			browser.open("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
			browser.await("#live .text", "Live");
			Awaitility.await().atMost(TIMEOUT).until(() -> browser.text("#entry-figures").matches("[0-9,]+ entries"));
			browser.screenshot(Path.of(System.getProperty("dashboard.screenshot")));
			dashboard.leave();
		}
	}

}
