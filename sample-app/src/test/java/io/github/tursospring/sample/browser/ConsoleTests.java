package io.github.tursospring.sample.browser;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.util.UriComponentsBuilder;

import io.github.tursospring.mock.MockEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what can be done with the page, in a real browser.
 */
@ExtendWith(ConsoleExtension.class)
@Tag("slow")
class ConsoleTests {

	private static final String ALL_OF_ACME = "/?organization=acme&range=all";

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

	private final ConsolePage page;

	private final Browser browser;

	private final RunningConsole console;

	ConsoleTests(ConsolePage page, RunningConsole console) {
		this.page = page;
		this.browser = page.browser;
		this.console = console;
	}

	@Test
	void pageWhenOpenedShouldShowTheArchive() {
		openAllOfAcme();
		List<MockEntry> newest = ofAcme().subList(0, 10);
		assertThat(this.page.messages()).startsWith(newest.stream().map(MockEntry::message).toArray(String[]::new));
		assertThat(this.browser.texts(ConsolePage.ROWS + " .time"))
			.startsWith(newest.stream().map((entry) -> stamp(entry, ZoneOffset.UTC)).toArray(String[]::new));
		assertThat(this.browser.find("#grid").getDomAttribute("aria-rowcount"))
			.isEqualTo(String.valueOf(ofAcme().size() + 1));
		assertThat(this.page.sum("#facet-origin .count")).isEqualTo(ofAcme().size());
		this.browser.await("#status-follower .text", "Archiving");
		this.browser.await("#status-turso .text", "Turso is up");
		assertThat(this.browser.text("#status-archived b")).isEqualTo("%,d".formatted(ofAcme().size()));
		assertThat(this.browser.text("#status-lag")).startsWith("Lag ");
		assertThat(this.browser.text("#status-poll")).startsWith("Last poll ");
	}

	@Test
	void presetWhenChosenShouldSetRangeAndUnit() {
		this.browser.open(this.console.url() + "/?organization=acme");
		awaitPreset("30d", 29, ChronoUnit.DAYS);
		assertThat(this.browser.text("#chart-title")).isEqualTo("Entries per day");
		this.page.choose("range", "7d");
		awaitPreset("7d", 6, ChronoUnit.DAYS);
		assertThat(this.browser.url()).endsWith("organization=acme&range=7d");
		this.page.choose("range", "90d");
		awaitPreset("90d", 89, ChronoUnit.DAYS);
		this.page.choose("range", "24h");
		awaitPreset("24h", 23, ChronoUnit.HOURS);
		assertThat(this.browser.text("#chart-title")).isEqualTo("Entries per hour");
		this.browser.back();
		awaitPreset("90d", 89, ChronoUnit.DAYS);
		assertThat(this.browser.text("#chart-title")).isEqualTo("Entries per day");
	}

	@Test
	void brushWhenDraggedShouldSelectRange() {
		openAllOfAcme();
		Instant from = startOf(this.page.column(4));
		Instant to = startOf(this.page.column(7)).plus(1, ChronoUnit.DAYS);
		this.browser.dragWithoutRelease(this.page.column(4), this.page.column(7));
		long expected = countAcme((entry) -> !entry.createdAt().isBefore(from) && entry.createdAt().isBefore(to));
		assertThat(this.browser.text("#tip p:last-child b")).isEqualTo("%,d".formatted(expected));
		this.browser.release();
		this.page.awaitEntries(expected);
		assertThat(this.browser.url()).contains("from=" + from.toString().replace(":", "%3A").replace("Z", ".000Z"));
		assertThat(this.browser.text("#chart-title")).isEqualTo("Entries per hour");
		assertThat(this.browser.text("#live-text")).isEqualTo("Past range");
		assertThat(this.browser.texts("#chips .chip")).hasSize(2);
		this.browser.click("#clear");
		this.browser.await("#live-text", "Live");
		awaitPreset("30d", 29, ChronoUnit.DAYS);
		assertThat(this.browser.findAll("#chips .chip")).isEmpty();
	}

	@Test
	void brushWhenUsedByKeyboardShouldSelectRange() {
		openAllOfAcme();
		this.browser.run("document.querySelector('#plot').focus()");
		this.browser.press(Keys.HOME);
		String first = this.browser.find("#plot").getDomAttribute("aria-valuetext");
		assertThat(first).contains("entries").doesNotContain(" to ");
		this.browser.press(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT));
		String both = this.browser.find("#plot").getDomAttribute("aria-valuetext");
		assertThat(both).contains(" to ");
		this.browser.press(Keys.ENTER);
		long selected = Long.parseLong(both.replaceAll(".*: ([0-9]+) entr.*", "$1"));
		this.page.awaitEntries(selected);
	}

	@Test
	void barsWhenShownAsTableShouldLinkToTheirRange() {
		openAllOfAcme();
		this.browser.click("#bars-table summary");
		this.browser.await(() -> assertThat(this.page.sum("#bars-body td")).isEqualTo(ofAcme().size()));
		long newest = this.page.sum("#bars-body tr:first-child td");
		this.browser.click("#bars-body tr:first-child button");
		this.page.awaitEntries(newest);
	}

	@Test
	void facetsWhenIncludedAndExcludedShouldFilterAndBecomeChips() {
		openAllOfAcme();
		this.page.include("author", "maya");
		this.page.awaitEntries(countAcme(by("maya")));
		this.page.include("author", "sam");
		this.page.awaitEntries(countAcme(by("maya").or(by("sam"))));
		this.page.exclude("code", "db-create");
		Predicate<MockEntry> expected = by("maya").or(by("sam")).and((entry) -> !"db-create".equals(entry.code()));
		this.page.awaitEntries(countAcme(expected));
		assertThat(this.browser.texts("#chips .chip")).containsExactly("Authormaya", "Authorsam", "Not codedb-create");
		assertThat(this.browser.texts(ConsolePage.ROWS + " .code")).doesNotContain("db-create");
		assertThat(this.browser.text("#facet-author [data-value=deploy-bot] .count"))
			.isEqualTo("%,d".formatted(countAcme(by("deploy-bot").and((entry) -> !"db-create".equals(entry.code())))));
		this.browser.reload();
		this.page.awaitLive(countAcme(expected));
		this.browser.click("#chips [data-name=author]");
		this.page.awaitEntries(countAcme(by("sam").and((entry) -> !"db-create".equals(entry.code()))));
		this.page.include("code", "db-create");
		this.page.awaitEntries(countAcme(by("sam").and((entry) -> "db-create".equals(entry.code()))));
		assertThat(this.browser.url()).contains("&code=db-create").doesNotContain("notCode");
	}

	@Test
	void kindWhenChosenShouldFilter() {
		openAllOfAcme();
		long destructive = Long.parseLong(this.browser.text("#kinds [data-kind=destructive] b").replace(",", ""));
		this.browser.click("#kinds [data-kind=destructive]");
		this.page.awaitEntries(destructive);
		assertThat(this.browser.texts("#drawing .column rect:not([data-kind=destructive])")).isEmpty();
		assertThat(this.browser.texts(ConsolePage.ROWS + " .code")).allMatch((code) -> code.matches(".*-(delete|rm)"));
	}

	@Test
	void textWhenTypedShouldFilterAndBeMarked() {
		openAllOfAcme();
		this.browser.find("#text").sendKeys("TMP-");
		this.browser.await(() -> assertThat(this.browser.url()).endsWith("&text=TMP-"));
		this.browser.await("#chips .chip bdi", "TMP-");
		this.browser.await(() -> assertThat(this.browser.texts("#rows .row:first-child mark")).contains("tmp-"));
		this.browser.click("#rows .row:first-child .message");
		this.browser.await(() -> assertThat(this.browser.texts("#entry mark")).contains("tmp-"));
	}

	@Test
	void entryWhenOpenedShouldHaveLinkAndSurroundings() {
		openAllOfAcme();
		int row = 4;
		while (countAcme(by(ofAcme().get(row).author())) == 1) {
			row++;
		}
		MockEntry entry = ofAcme().get(row);
		this.browser.click("#rows .row:nth-child(" + (row + 1) + ") .message");
		this.browser.await("#entry-title", entry.message());
		assertThat(this.browser.texts(".neighbour-message")).contains(entry.message())
			.hasSizeGreaterThan(10)
			.isSubsetOf(ofAcme().stream().map(MockEntry::message).toList());
		this.page.choose("nearby", "author");
		assertThat(this.browser.texts(".neighbour-author")).isNotEmpty().containsOnly(entry.author());
		this.page.choose("nearby", "resource");
		assertThat(this.browser.findAll(".neighbour, #nearby-empty:not([hidden])")).isNotEmpty();
		this.browser.click("#copy-json");
		this.browser.await("#copied", "JSON copied");
		JsonNode json = JsonMapper.shared().readTree(this.page.clipboard());
		assertThat(json.at("/message").stringValue()).isEqualTo(entry.message());
		assertThat(json.at("/hash").stringValue()).hasSize(64);
		this.browser.click("#copy-link");
		this.browser.await("#copied", "Link copied");
		String link = this.page.clipboard();
		this.browser.press(Keys.ESCAPE);
		this.browser.await(() -> assertThat(this.browser.url()).endsWith(ALL_OF_ACME));
		this.browser.open(link);
		this.browser.await("#entry-title", entry.message());
		this.page.choose("nearby", "around");
		this.browser.click("#nearby-list li:first-child button");
		this.browser.await(() -> assertThat(this.browser.url()).isNotEqualTo(link));
		this.browser.back();
		this.browser.await("#entry-title", entry.message());
		this.browser.back();
	}

	@Test
	void entryWhenOpenedWhileAnotherClosesShouldBeShown() {
		openAllOfAcme();
		this.browser.click("#rows .row:nth-child(5) .message");
		this.browser.await("#entry-title", ofAcme().get(4).message());
		this.browser.run("""
				document.querySelector('#entry-close').click();
				document.querySelector('#rows .row:nth-child(6) .message').click();
				""");
		this.browser.await("#entry-title", ofAcme().get(5).message());
		assertThat(this.browser.find("#entry").isDisplayed()).isTrue();
	}

	@Test
	void entryWhenUsedAsFilterShouldNarrowToItsAuthor() {
		openAllOfAcme();
		String author = ofAcme().get(0).author();
		this.browser.click("#rows .row:first-child .message");
		this.browser.await(() -> this.browser.click("#entry [aria-label='Show only this author']"));
		this.page.awaitEntries(countAcme(by(author)));
		assertThat(this.browser.findAll("#entry[open]")).isEmpty();
	}

	@Test
	void pauseWhenEntriesArriveShouldCountThem() {
		openAllOfAcme();
		this.console.append("db-delete", "noor", "Database billing deleted");
		this.browser.await("#rows .row:first-child .message", "Database billing deleted");
		assertThat(this.browser.text("#announcement")).isEqualTo("1 new entry");
		this.page.awaitEntries(ofAcme().size());
		this.browser.click("#pause");
		this.console.append("db-create", "noor", "Database billing-eu created");
		this.console.append("db-create", "noor", "Database billing-us created");
		this.browser.await("#pause", "Resume, 2 waiting");
		assertThat(this.browser.text("#live-text")).isEqualTo("Paused");
		assertThat(this.page.messages()).startsWith("Database billing deleted");
		this.browser.click("#pause");
		this.browser.await(() -> assertThat(this.page.messages()).contains("Database billing-eu created",
				"Database billing-us created"));
		this.page.awaitLive(ofAcme().size());
		this.browser.run("document.querySelector('#grid').scrollTop = 400");
		this.console.append("db-delete", "noor", "Database billing-us deleted");
		this.browser.await("#newer", "1 new");
		this.browser.click("#newer");
		this.browser.await("#rows .row:first-child .message", "Database billing-us deleted");
	}

	@Test
	void timeWhenLocalShouldBeShownInTheBrowsersZone() {
		openAllOfAcme();
		MockEntry newest = ofAcme().get(0);
		this.page.choose("zone", "local");
		ZoneId newYork = ZoneId.of("America/New_York");
		this.browser.await("#rows .row:first-child .time", stamp(newest, newYork));
		assertThat(this.browser.text("#time-head")).isEqualTo("Time (local)");
		this.browser.reload();
		this.browser.await("#rows .row:first-child .time", stamp(newest, newYork));
		this.page.choose("zone", "UTC");
		this.browser.await("#rows .row:first-child .time", stamp(newest, ZoneOffset.UTC));
	}

	@Test
	void customRangeWhenAppliedShouldFilter() {
		openAllOfAcme();
		this.browser.click("#custom-menu summary");
		Instant from = Instant.now().minus(20, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
		Instant to = from.plus(10, ChronoUnit.DAYS);
		setCustom("from", to);
		setCustom("to", from);
		this.browser.click("#custom .primary");
		assertThat(this.browser.find("#custom-error").isDisplayed()).isTrue();
		setCustom("from", from);
		setCustom("to", to);
		this.browser.click("#custom .primary");
		this.page
			.awaitEntries(countAcme((entry) -> !entry.createdAt().isBefore(from) && entry.createdAt().isBefore(to)));
	}

	@Test
	void exportWhenChosenShouldContainWhatIsFiltered() {
		openAllOfAcme();
		this.page.include("author", "maya");
		this.page.awaitEntries(countAcme(by("maya")));
		this.browser.click("#export summary");
		assertThat(this.browser.findAll("#export a")).allMatch(WebElement::isDisplayed).hasSize(4);
		String ndjson = (String) this.browser.runAsync(
				"""
						fetch(document.querySelector('[data-format=ndjson]').href).then((response) => response.text()).then(arguments[0])
						""");
		assertThat(ndjson.lines()).hasSize((int) countAcme(by("maya"))).allMatch((line) -> line.contains("maya"));
		this.browser.press(Keys.ESCAPE);
		assertThat(this.browser.find("#export a").isDisplayed()).isFalse();
	}

	@Test
	void organizationWhenChosenShouldNarrow() {
		this.page.open(this.console.url() + "/?range=all", this.console.entries().size());
		assertThat(this.browser.texts("#grid .head .organization")).containsExactly("Organization");
		assertThat(this.browser.find("#grid .head .organization").isDisplayed()).isTrue();
		this.browser.find("#organizations").sendKeys(RunningConsole.UMBRELLA);
		this.page.awaitLive(this.console.entries().size() - ofAcme().size());
		assertThat(this.browser.url()).contains("organization=umbrella");
		assertThat(this.browser.find("#grid .head .organization").isDisplayed()).isFalse();
	}

	@Test
	void verifyWhenArchiveIsIntactShouldFindNothing() {
		openAllOfAcme();
		this.browser.click("#verify-open");
		this.browser.click("#against-turso");
		this.browser.click("#verify-run");
		this.browser.await("#verify-result .verdict .text", "No change was found");
		assertThat(this.browser.text("#verify-result")).contains(ConsolePage.amount(ofAcme().size()));
		assertThat(this.browser.texts("#verify-result .not-proven li")).isNotEmpty();
	}

	@Test
	void sealsShouldLieOnTheTimeLine() {
		openAllOfAcme();
		this.browser.await(() -> assertThat(this.browser.findAll("#drawing .seal")).isNotEmpty());
		assertThat(this.browser.find("#sealed-key").isDisplayed()).isTrue();
		assertThat(this.browser.text("#status-sealed")).startsWith("Sealed until ");
	}

	@Test
	void gridShouldBeUsableByKeyboard() {
		openAllOfAcme();
		this.browser.run("document.querySelector('#rows .row[tabindex=\"0\"]').focus()");
		this.browser.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
		assertThat(focusedRow()).isEqualTo("4");
		this.browser.press(Keys.ENTER);
		this.browser.await("#entry-title", ofAcme().get(2).message());
		this.browser.press(Keys.ESCAPE);
		this.browser.await(() -> assertThat(focusedRow()).isEqualTo("4"));
		this.browser.await(() -> {
			this.browser.press(Keys.END);
			assertThat(focusedRow()).isEqualTo(String.valueOf(ofAcme().size() + 1));
		});
		assertThat(this.browser.run("return document.activeElement.querySelector('.message').textContent"))
			.isEqualTo(ofAcme().get(ofAcme().size() - 1).message());
		assertThat(this.browser.findAll("#rows .row")).hasSizeLessThan(80);
		this.browser.press(Keys.HOME);
		this.browser.await(() -> assertThat(focusedRow()).isEqualTo("2"));
	}

	private void openAllOfAcme() {
		this.page.open(this.console.url() + ALL_OF_ACME, ofAcme().size());
	}

	/** The page may have been opened just before the current hour or day began. */
	private void awaitPreset(String name, int unitsBefore, ChronoUnit unit) {
		this.browser
			.await(() -> assertThat(this.browser.run("return document.querySelector('#presets input:checked').value"))
				.isEqualTo(name));
		Instant from = shownSince();
		Instant current = Instant.now().truncatedTo(unit);
		assertThat(from.plus(unitsBefore, unit)).isIn(current, current.minus(1, unit));
		this.page.awaitEntries(countAcme((entry) -> !entry.createdAt().isBefore(from)));
	}

	/** Return the start of the range, as the page asks for it. */
	private Instant shownSince() {
		String export = this.browser.find("[data-format=csv]").getDomAttribute("href");
		return Instant.parse(UriComponentsBuilder.fromUriString(export)
			.build()
			.getQueryParams()
			.getFirst("from")
			.replace("%3A", ":"));
	}

	private void setCustom(String name, Instant time) {
		this.browser.run("document.querySelector('#custom').elements[arguments[0]].value = arguments[1]", name,
				time.toString().substring(0, 16));
	}

	private Object focusedRow() {
		return this.browser.run("return document.activeElement.getAttribute('aria-rowindex')");
	}

	private List<MockEntry> ofAcme() {
		return this.console.log().entries();
	}

	private long countAcme(Predicate<MockEntry> predicate) {
		return ofAcme().stream().filter(predicate).count();
	}

	private static Predicate<MockEntry> by(String author) {
		return (entry) -> author.equals(entry.author());
	}

	private static Instant startOf(WebElement column) {
		return Instant.parse(column.getDomAttribute("data-start"));
	}

	private static String stamp(MockEntry entry, ZoneId zone) {
		return STAMP.format(entry.createdAt().atZone(zone));
	}

}
