package io.github.tursospring.sample.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.mock.activity.OrganizationActivity;
import io.github.tursospring.sample.ConsoleProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A large archive on SQLite in a heap of 256 MB. Prints how long things take;
 * {@code -Dconsole.entries=1000000} makes it a million entries.
 */
@ExtendWith(ConsoleExtension.class)
@Tag("measurement")
class LargeArchiveTests {

	private static final int ENTRIES = Integer.getInteger("console.entries", 50_000);

	@TempDir
	private Path directory;

	private final ConsolePage page;

	LargeArchiveTests(ConsolePage page) {
		this.page = page;
	}

	@Test
	void everyViewOfALargeArchiveShouldAnswer() throws Exception {
		OrganizationActivity activity = OrganizationActivity.of(5);
		try (MockTursoServer turso = MockTursoServer.builder()
			.organization("acme", (log) -> log.add(activity.history(ENTRIES, Duration.ofDays(90))))
			.start(); ConsoleProcess console = start(turso)) {
			console.awaitStarted();
			long start = System.nanoTime();
			long before = console.get("/api/status").at("/organizations/0/archived").longValue();
			Awaitility.await()
				.atMost(Duration.ofMinutes(8))
				.pollInterval(Duration.ofMillis(250))
				.until(() -> console.get("/api/status").at("/organizations/0/archived").longValue() == ENTRIES);
			double seconds = (System.nanoTime() - start) / 1e9;
			System.out.printf("%,d entries archived at %,.0f entries/s; database %,d MB%n", ENTRIES,
					(ENTRIES - before) / seconds, Files.size(this.directory.resolve("audit-log.db")) / 1_000_000);
			assertThat(console.get("/api/histogram").at("/total").intValue()).isEqualTo(ENTRIES);
			double firstScreen = Math.max(1, time(console, "/api/entries"));
			views().forEach((name, path) -> {
				long time = time(console, path);
				System.out.printf("%-45s %5d ms, %5.1f times the first screen%n", name, time, time / firstScreen);
			});
			browse(console.url());
			assertThat(Files.readString(console.output())).doesNotContain("OutOfMemoryError", " ERROR ");
		}
	}

	private ConsoleProcess start(MockTursoServer turso) throws IOException {
		String database = "jdbc:sqlite:" + this.directory.resolve("audit-log.db");
		return (ENTRIES > 100_000) ? ConsoleProcess.start(turso, database, this.directory)
				: ConsoleProcess.startShortLived(turso, database, this.directory);
	}

	/** Open the page, scroll until pages of entries were added, and filter. */
	private void browse(String url) {
		Browser browser = this.page.browser;
		this.page.open(url + "/?range=all", ENTRIES);
		browser.await(() -> {
			browser.run("const grid = document.querySelector('#grid'); grid.scrollTop = grid.scrollHeight");
			assertThat((Long) browser.run("return document.querySelector('#rows').clientHeight")).isGreaterThan(60_000);
		});
		assertThat(browser.findAll("#rows .row")).hasSizeLessThan(80);
		assertThat(browser.find("#grid").getDomAttribute("aria-rowcount")).isEqualTo(String.valueOf(ENTRIES + 1));
		this.page.include("author", "maya");
		browser.await(() -> assertThat(browser.texts(ConsolePage.ROWS + " .author")).isNotEmpty().containsOnly("maya"));
		browser.find("#text").sendKeys("tmp-");
		browser.await(() -> assertThat(browser.texts("#rows .row:first-child mark")).contains("tmp-"));
		assertThat(browser.find("#problem").isDisplayed()).isFalse();
		this.page.leave();
	}

	private static Map<String, String> views() {
		Instant now = Instant.now();
		Map<String, String> views = new LinkedHashMap<>();
		views.put("first screen", "/api/entries");
		views.put("first screen, author nobody", "/api/entries?author=nobody");
		views.put("first screen, three filters", "/api/entries?author=maya&notCode=db-create&kind=access");
		views.put("first screen, text of many", "/api/entries?text=database");
		views.put("first screen, text of none", "/api/entries?text=zzzzz");
		views.put("first screen, one character", "/api/entries?text=q");
		for (String counts : new String[] { "histogram", "facets" }) {
			views.put(counts, "/api/" + counts);
			views.put(counts + ", 24 hours", "/api/" + counts + "?from=" + now.minus(Duration.ofDays(1)));
			views.put(counts + ", 30 days", "/api/" + counts + "?from=" + now.minus(Duration.ofDays(30)));
			views.put(counts + ", three filters", "/api/" + counts + "?author=maya&notCode=db-create&kind=access");
			views.put(counts + ", text of many", "/api/" + counts + "?text=database");
			views.put(counts + ", text of none", "/api/" + counts + "?text=zzzzz");
		}
		views.put("histogram by hour", "/api/histogram?unit=hour");
		views.put("status", "/api/status");
		return views;
	}

	/** The better of two times. */
	private static long time(ConsoleProcess console, String path) {
		long best = Long.MAX_VALUE;
		for (int i = 0; i < 2; i++) {
			long start = System.nanoTime();
			assertThat(console.get(path)).isNotNull();
			best = Math.min(best, (System.nanoTime() - start) / 1_000_000);
		}
		return best;
	}

}
