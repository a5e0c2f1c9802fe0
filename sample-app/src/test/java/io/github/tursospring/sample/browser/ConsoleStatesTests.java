package io.github.tursospring.sample.browser;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockResponse;
import io.github.tursospring.mock.activity.OrganizationActivity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the states that the page gets into.
 */
@ExtendWith(ConsoleExtension.class)
@Tag("slow")
class ConsoleStatesTests {

	private static final int MEGABYTE = 1024 * 1024;

	private final ConsolePage page;

	private final Browser browser;

	ConsoleStatesTests(ConsolePage page) {
		this.page = page;
		this.browser = page.browser;
	}

	@Test
	void pageWhenAnswersAreSlowShouldShowPlaceholders(RunningConsole console) throws IOException {
		this.browser.answer("/api/entries", 0, "");
		this.browser.open(console.url());
		this.browser.await(() -> assertThat(this.browser.findAll("#rows .row.pending")).isNotEmpty());
		assertThat(this.browser.find("#grid").getDomAttribute("aria-busy")).isEqualTo("true");
		this.page.assertAccessible();
		this.page.picture("loading");
	}

	@Test
	void pageWhenNothingMatchesShouldSayWhatToDo(RunningConsole console) throws IOException {
		this.page.open(console.url() + "/?text=no-such-thing", 0);
		this.browser.await("#empty-title", "No entry matches");
		assertThat(this.browser.find("#empty").isDisplayed()).isTrue();
		this.page.assertAccessible();
		this.page.picture("empty");
	}

	@Test
	void pageWhenFiltersAreInvalidShouldOfferToClearThem(RunningConsole console) throws IOException {
		this.browser.open(console.url() + "/?from=yesterday");
		this.browser.await("#problem-title", "These filters are not valid");
		assertThat(this.browser.text("#problem-text")).contains("yesterday");
		this.page.assertAccessible();
		this.browser.consoleErrors();
		this.browser.click("#problem-action");
		this.browser.await("#live-text", "Live");
		assertThat(this.browser.find("#problem").isDisplayed()).isFalse();
	}

	@Test
	void pageWhenForbiddenShouldShowNothingElse(RunningConsole console) throws IOException {
		this.browser.answer("/api/", 403, """
				{"status": 403, "detail": "Your account may not read the audit log of this organization."}""");
		this.browser.open(console.url());
		this.browser.await("#problem-title", "You are not allowed to see the audit log");
		assertThat(this.browser.find("#grid").isDisplayed()).isFalse();
		this.page.assertAccessible();
		this.page.picture("forbidden");
	}

	@Test
	void pageWhenSessionHasEndedShouldOfferToSignIn(RunningConsole console) {
		this.browser.answer("/api/", 401, "{}");
		this.browser.open(console.url());
		this.browser.await("#problem-action", "Sign in");
		assertThat(this.browser.find("#grid").isDisplayed()).isFalse();
	}

	@Test
	void entryWhenUnknownShouldSaySo(RunningConsole console) throws IOException {
		this.browser.open(console.url() + "/?entry=acme/1700000000-00000000");
		this.browser.await("#entry-title", "This entry is not in the archive");
		this.page.assertAccessible();
		this.browser.consoleErrors();
	}

	@Test
	void verifyWhenAnEntryWasChangedShouldListFindings() throws IOException {
		try (RunningConsole console = RunningConsole.of(history(900))) {
			this.page.open(console.url() + "/?organization=acme&range=90d", 900);
			this.browser.await(() -> assertThat(this.browser.text("#status-sealed")).startsWith("Sealed until "));
			console.database()
				.update("update content set json = replace(json, 'delete', 'create') where sequence ="
						+ " (select max(sequence) from content where sequence < 800 and json like '%db-delete%')");
			this.browser.click("#verify-open");
			this.browser.click("#verify-run");
			this.browser.await("#verify-result .verdict .text", "2 findings");
			assertThat(this.browser.texts("#verify-result .findings li")).hasSize(2)
				.allMatch((finding) -> finding.matches("Entry [0-9]+ .*"));
			assertThat(this.browser.texts("#verify-result .not-proven li")).isNotEmpty();
			this.page.assertAccessible();
			this.page.picture("verify");
			this.page.leave();
		}
	}

	@Test
	void pageWhenArchiveCatchesUpShouldShowProgressAndThenGoLive() throws IOException {
		int entries = 3000;
		try (RunningConsole console = RunningConsole.slow(entries)) {
			this.browser.open(console.url() + "/?range=all");
			this.browser.await("#notice-title", "The archive is catching up");
			this.browser.await(
					() -> assertThat(this.browser.text("#notice-text")).matches("[1-9][0-9,]* of 3,000 entries are.*"));
			assertThat(this.browser.find("#progress").isDisplayed()).isTrue();
			this.browser.await(() -> assertThat(this.browser.findAll("#drawing .column")).isNotEmpty());
			assertThat(this.browser.text("#live-text")).isEqualTo("Not live yet");
			this.page.picture("catching-up");
			this.page.awaitLive(entries);
			assertThat(this.browser.find("#notice").isDisplayed()).isFalse();
			this.page.leave();
		}
	}

	@Test
	void pageWhenTursoFailsAndTheConsoleRestartsShouldRecoverAndMissNothing() throws IOException {
		try (RunningConsole console = RunningConsole.of(history(600))) {
			this.page.open(console.url() + "/?range=90d", 600);
			console.log().respond(MockResponse.status(503));
			this.browser.await("#notice-title", "Archiving fails");
			this.browser.await("#status-turso .text", "Turso is down");
			this.page.assertAccessible();
			this.page.picture("failing");
			console.log().respond(MockResponse.page());
			this.browser.await(() -> assertThat(this.browser.find("#notice").isDisplayed()).isFalse());
			console.append("db-create", "iku", "just before");
			this.browser.await("#rows .row:first-child .message", "just before");
			List<String> before = this.page.messages();
			console.stop();
			this.browser.await("#live-text", "Reconnecting");
			this.browser.await("#status-follower .text", "The console does not answer");
			this.page.picture("reconnecting");
			console.append("db-create", "iku", "while away");
			console.start();
			this.page.awaitLive(602);
			console.append("db-create", "iku", "after");
			this.page.awaitLive(603);
			List<String> messages = this.page.messages();
			int shown = Math.min(before.size(), messages.size() - 2);
			assertThat(messages).startsWith("after", "while away");
			assertThat(messages.subList(2, 2 + shown)).isEqualTo(before.subList(0, shown)).isNotEmpty();
			this.page.leave();
		}
	}

	@Test
	void pageWhenThereIsAGapShouldShowWhereItLies() throws IOException {
		List<MockEntry> history = history(900);
		try (RunningConsole console = RunningConsole.of(history.subList(0, 350))) {
			this.page.open(console.url() + "/?range=90d", 350);
			this.page.leave();
			console.stop();
			console.log().removeOldest(350).add(history.subList(500, 900));
			console.start();
			this.page.open(console.url() + "/?range=90d", 750);
			this.browser.await(() -> assertThat(this.browser.findAll("#drawing .gap")).hasSize(1));
			assertThat(this.browser.text("#gaps")).contains("may be missing");
			this.page.assertAccessible();
			this.page.picture("gap");
			this.browser.await(() -> {
				this.browser.run("document.querySelector('#grid').scrollTop += 500");
				assertThat(this.browser.findAll("#rows .row.gap")).hasSize(1);
			});
			this.page.leave();
		}
	}

	@Test
	void pageWhenEntriesAreHostileShouldShowThemAsText() throws IOException {
		List<String> hostile = List.of("<img src=x onerror=window.pwned=1>", "</script><script>window.pwned=1</script>",
				"{{7*7}}${7*7}<svg/onload=window.pwned=1>", "javascript:window.pwned=1", "\"><iframe srcdoc=x>",
				"\u202Egnp.exe\u202C", "tab\tnul\u0000bell\u0007escape\u001B[31m", "a".repeat(MEGABYTE));
		List<MockEntry> entries = hostile.stream()
			.map((text) -> MockEntry.of(text.substring(0, Math.min(text.length(), 200)))
				.message(text)
				.author(text.substring(0, Math.min(text.length(), 200)))
				.origin("web")
				.createdAt(Instant.now().minusSeconds(60)))
			.toList();
		try (RunningConsole console = RunningConsole.of(entries)) {
			this.page.open(console.url(), hostile.size());
			assertThat(this.page.messages()).contains(hostile.get(0), hostile.get(1), "[U+202E]gnp.exe[U+202C]",
					"tab\tnul[U+0000]bell[U+0007]escape[U+001B][31m");
			assertThat(this.page.messages()).allMatch((message) -> message.length() < 400);
			this.browser.click("#facet-author-more");
			this.browser.click("#facet-code-more");
			assertThat(this.browser.texts("#facet-author .name")).contains(hostile.get(0), "[U+202E]gnp.exe[U+202C]");
			this.page.assertNothingOverflows(1280);
			this.page.picture("hostile");
			for (int i = 0; i < hostile.size(); i++) {
				this.browser.run("document.querySelectorAll(arguments[0])[arguments[1]].click()",
						ConsolePage.ROWS + " .message", i);
				this.browser.await(
						() -> assertThat(this.browser.find("#entry").getDomAttribute("aria-busy")).isEqualTo("false"));
				this.browser.findAll("#entry .long + .plain").forEach((all) -> {
					all.click();
					assertThat(
							(Long) this.browser.run("return document.querySelector('#entry .long').textContent.length"))
						.isEqualTo(MEGABYTE);
				});
				this.browser.click("#entry-close");
			}
			this.browser.run("document.querySelectorAll('#facet-code .include').forEach((value) => value.click())");
			this.page.awaitEntries(hostile.size());
			assertThat(this.browser.findAll("#chips .chip")).hasSize(hostile.size());
			assertThat(this.browser.run(
					"return String([window.pwned, document.images.length, document.querySelectorAll('iframe').length])"))
				.isEqualTo(",0,0");
			this.page.leave();
		}
	}

	private static List<MockEntry> history(int entries) {
		return OrganizationActivity.of(11).history(entries, Duration.ofDays(60));
	}

}
