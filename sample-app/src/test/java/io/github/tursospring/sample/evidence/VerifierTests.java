package io.github.tursospring.sample.evidence;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.tursospring.mock.MockEntry;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.sample.RunningConsole;
import io.github.tursospring.sample.archive.Archive;
import io.github.tursospring.sample.archive.ArchivedEntry;
import io.github.tursospring.sample.archive.ChainHash;
import io.github.tursospring.sample.search.EntrySearch;
import io.github.tursospring.sample.search.Search;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Verifier}: each way to manipulate an archive is found, or the
 * verification says that it cannot be.
 */
class VerifierTests {

	private static final int ENTRIES = 60;

	private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

	private static final LocalDate FIRST_DAY = LocalDate.parse("2026-03-01");

	private static final List<String> TABLES = List.of("archive_head", "organization", "facet", "entry", "content",
			"daily", "gap", "seal");

	@TempDir
	private static Path directory;

	private static MockTursoServer turso;

	private static RunningConsole console;

	private static JdbcTemplate database;

	@BeforeAll
	static void archive() {
		turso = MockTursoServer.builder().organization("acme", (log) -> log.add(entries())).start();
		console = RunningConsole
			.start(turso, directory, "--console.evidence.sealing=false", "--turso.audit-logs.follow.poll-interval=1h")
			.awaitArchived(ENTRIES + 1);
		database = console.database();
		Sealer sealer = console.bean(Sealer.class);
		for (int day = 0; day < 6; day++) {
			sealer.seal("acme", FIRST_DAY.plusDays(day));
		}
		TABLES.forEach((table) -> database.execute("create table kept_" + table + " as select * from " + table));
	}

	@AfterAll
	static void close() {
		console.close();
		turso.close();
	}

	@BeforeEach
	void restore() {
		TABLES.forEach((table) -> {
			database.update("delete from " + table);
			database.update("insert into " + table + " select * from kept_" + table);
		});
		turso.log().removeOldest(turso.log().size()).add(entries());
	}

	private static List<MockEntry> entries() {
		List<MockEntry> entries = IntStream.range(0, ENTRIES).mapToObj(VerifierTests::entry).collect(toList());
		entries.add(entry(ENTRIES - 1));
		return entries;
	}

	/** Twelve entries a day on five days, the last one twice; nothing on the sixth. */
	private static MockEntry entry(int number) {
		return MockEntry.of("db-create")
			.author("iku")
			.message("Database " + number + " created")
			.createdAt(START.plusSeconds(number * 7200L))
			.data(Map.of("database", "db-" + number))
			.with("ip", "192.0.2.1");
	}

	@Test
	void untouchedArchiveShouldBeCompleteAndUnchanged() {
		Verification verification = verify(true);
		assertThat(verification.findings()).isEmpty();
		assertThat(verification.ok()).isTrue();
		assertThat(verification.entries()).isEqualTo(ENTRIES + 1);
		assertThat(verification.seals()).isEqualTo(6);
		assertThat(console.bean(Seals.class).all("acme")).extracting(Seal::count)
			.containsExactly(12L, 12L, 12L, 12L, 13L, 0L);
		assertThat(verification.notProven()).anyMatch((text) -> text.contains("Turso never sent"))
			.anyMatch(
					(text) -> text.startsWith("Entries after 61, the last one that is sealed (last seal: 2026-03-06)"))
			.anyMatch((text) -> text.contains("signing key"));
	}

	@Test
	void changedByteShouldBeFound() {
		change(30, "192.0.2.1", "192.0.2.2");
		assertThat(kinds(verify(false))).containsExactly("entry@30", "columns@30");
		assertThat(kinds(verify(true))).contains("turso-changed@30");
	}

	@Test
	void changedColumnShouldBeFound() {
		database.update("update entry set text = 'nothing' where sequence = 12");
		assertThat(kinds(verify(false))).containsExactly("columns@12");
	}

	@ParameterizedTest
	@ValueSource(strings = { "update daily set entries = entries + 1 where day = 20514",
			"delete from daily where day = 20514", "insert into daily values (20514, 99, 1)" })
	void changedCountOfADayShouldBeFound(String statement) {
		database.execute("insert into facet values (99, 'acme', 'other', 'none', '', '')");
		database.update(statement);
		Verification verification = verify(false);
		assertThat(kinds(verification)).containsExactly("counts");
		assertThat(verification.findings().get(0).text()).contains("2026-03-02");
	}

	@Test
	void countsShouldBeOfTheirDayBefore1970() {
		database.update("update entry set second = -1 where sequence = 1");
		database.update("update daily set entries = entries - 1 where day = 20513");
		database.update("insert into daily select -1, facet_id, 1 from entry where sequence = 1");
		assertThat(kinds(verify(false))).containsExactly("columns@1", "times");
		retention().removeBefore(FIRST_DAY.plusDays(1));
		assertThat(kinds(verify(false))).isEmpty();
	}

	@Test
	void removedEntryShouldBeFound() {
		remove(30);
		assertThat(kinds(verify(true))).contains("entry@31", "seal-count@2026-03-03", "count", "turso-missing");
	}

	@Test
	void twoRemovedInARowShouldBeFound() {
		remove(30);
		remove(31);
		assertThat(kinds(verify(true))).contains("entry@32", "seal-count@2026-03-03", "count");
		assertThat(kinds(verify(true)).stream().filter("turso-missing"::equals)).hasSize(2);
	}

	@Test
	void removedNewestShouldBeFound() {
		remove(ENTRIES + 1);
		assertThat(kinds(verify(true))).contains("seal-entries@2026-03-05", "end", "count", "turso-missing");
	}

	@Test
	void removedNewestWithTheRecordOfItShouldBeFoundBySealsAndTurso() {
		remove(ENTRIES + 1);
		rechain();
		assertThat(kinds(verify(false))).containsExactly("seal-entries@2026-03-05");
		assertThat(kinds(verify(true))).contains("turso-missing");
	}

	@Test
	void removedNewestWithRecordAndSealsShouldBeFoundByKeptSealsOrTurso() {
		List<Seal> kept = console.bean(Seals.class).all("acme");
		remove(ENTRIES + 1);
		rechain();
		database.update("delete from seal where day >= '2026-03-05'");
		Verification verification = verify(false);
		assertThat(verification.ok()).isTrue();
		assertThat(verification.notProven())
			.anyMatch((text) -> text.startsWith("Entries after 48, the last one that is sealed (last seal: 2026-03-04)")
					&& text.contains("remove the newest and the record of them"));
		assertThat(kinds(console.bean(Verifier.class).verify("acme", kept, false)))
			.containsExactly("seal-kept@2026-03-05", "seal-kept@2026-03-06");
		assertThat(kinds(verify(true))).contains("turso-missing");
	}

	@Test
	void removedNewestWithEveryTraceShouldBeFoundByTurso() {
		for (int sequence = 50; sequence <= ENTRIES + 1; sequence++) {
			remove(sequence);
		}
		rechain();
		database.update("update organization set newest = (select max(second) from entry)");
		database.update("delete from seal where day >= '2026-03-05'");
		assertThat(kinds(verify(false))).isEmpty();
		assertThat(kinds(verify(true))).containsExactly("turso-newer");
		TABLES.stream()
			.filter((table) -> !table.equals("archive_head"))
			.forEach((table) -> database.update("delete from " + table));
		assertThat(kinds(verify(true))).containsExactly("turso-newer");
	}

	@Test
	void entriesOfTheLastMinuteShouldNotBeMissed() {
		turso.log().add(MockEntry.of("db-create").createdAt(Instant.now()));
		assertThat(verify(true).notProven()).contains("1 entries of Turso are too new to be missed in the archive.");
		assertThat(kinds(verify(true))).isEmpty();
	}

	@Test
	void removedOrganizationShouldBeFound() {
		for (String table : List.of("organization", "entry", "content", "facet", "daily")) {
			database.update("delete from " + table);
		}
		assertThat(kinds(verify(false))).containsExactly("chain");
	}

	@Test
	void removedRecordOfAnOrganizationShouldBeFound() {
		database.update("delete from organization");
		database.update("delete from seal");
		assertThat(kinds(verify(false))).containsExactly("chain");
	}

	@ParameterizedTest
	@ValueSource(longs = { -7, 0, ENTRIES + 2, 1_000_000 })
	void addedEntryBesideTheChainShouldBeFound(long sequence) {
		database.update("insert into entry select ?, second, facet_id, resource, text from entry where sequence = 5",
				sequence);
		database.update("insert into content select ?, json, hash from content where sequence = 5", sequence);
		database.update("update archive_head set sequence = max(sequence, ?)", sequence);
		recount();
		assertThat(console.get("/api/entries?to=2026-03-02T00:00:00Z").get("entries")).hasSize(13);
		assertThat(kinds(verify(false))).containsExactly("entry@" + sequence);
	}

	@Test
	void exchangedEntriesShouldBeFound() {
		for (String table : List.of("entry", "content")) {
			database.update("update " + table + " set sequence = -1 where sequence = 30");
			database.update("update " + table + " set sequence = 30 where sequence = 31");
			database.update("update " + table + " set sequence = 31 where sequence = -1");
		}
		assertThat(kinds(verify(false))).contains("entry@30", "entry@31");
	}

	@Test
	void changeWithAllHashesComputedAnewShouldBeFoundBySeals() {
		change(30, "192.0.2.1", "192.0.2.2");
		rechain();
		assertThat(kinds(verify(false))).containsExactly("columns@30", "seal-head@2026-03-03", "seal-head@2026-03-04",
				"seal-head@2026-03-05");
	}

	@Test
	void forgedSealShouldBeFound() throws Exception {
		Seal seal = console.bean(Seals.class).all("acme").get(5);
		Seal forged = new Seal(seal.organization(), seal.day(), null, null, 0, "0".repeat(64), seal.previous(), "", "",
				seal.sealedAt())
			.signed(SigningKey.of(directory.resolve("other.key")));
		database.update("update seal set head = ?, signature = ?, public_key = ? where day = '2026-03-06'",
				forged.head(), forged.signature(), forged.publicKey());
		assertThat(kinds(verify(false))).containsExactly("seal-key@2026-03-06");
		database.update("update seal set public_key = ? where day = '2026-03-06'", seal.publicKey());
		assertThat(kinds(verify(false))).containsExactly("seal-signature@2026-03-06");
	}

	@Test
	void removedSealShouldBeFound() {
		database.update("delete from seal where day = '2026-03-03'");
		assertThat(kinds(verify(false))).contains("seal-order@2026-03-04");
	}

	@ParameterizedTest
	@ValueSource(strings = { "day", "sealed_at" })
	void sealWithATimeThatIsNoneShouldBeFound(String column) {
		database.update("update seal set " + column + " = 'zzz' where day = '2026-03-03'");
		assertThat(kinds(verify(true))).containsExactly("seal-unreadable");
	}

	@Test
	void entryThatIsNoJsonShouldBeFoundAlsoAgainstTurso() {
		database.update("update content set json = '{' where sequence = 30");
		assertThat(kinds(verify(true))).containsExactly("entry@30", "columns@30", "turso-changed@30");
		turso.log()
			.removeOldest(turso.log().size())
			.add(entry(0))
			.add(entries().subList(30, ENTRIES).toArray(MockEntry[]::new));
		assertThat(kinds(verify(true))).contains("turso-added@30");
	}

	@ParameterizedTest
	@ValueSource(strings = { "delete from content where sequence = 30",
			"update entry set facet_id = 99 where sequence = 30" })
	void entryThatIsIncompleteShouldBeFoundAndEndNoSearchEarly(String statement) throws Exception {
		database.update(statement);
		assertThatExceptionOfType(DataIntegrityViolationException.class)
			.isThrownBy(() -> console.bean(EntrySearch.class).oldestFirst(Search.ALL, 40, null))
			.withMessageContaining("entry 30");
		assertThat(kinds(verify(false))).contains("entry@31", "count");
		assertThat(kinds(verify(true))).contains("entry@31", "count");
		HttpResponse<String> list = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(console.url() + "/api/entries")).build(),
					HttpResponse.BodyHandlers.ofString());
		assertThat(list.statusCode()).isEqualTo(500);
		assertThat(list.body()).contains("The archive was changed: entry 30 has lost its content");
	}

	@Test
	void jsonThatIsNoEntryShouldBeFound() {
		database.update("update content set json = 'null' where sequence = 30");
		assertThat(kinds(verify(false))).containsExactly("entry@30", "columns@30");
		database.update("update content set json = '[]' where sequence = 30");
		assertThat(kinds(verify(false))).containsExactly("entry@30", "columns@30");
		database.update("update content set json = '{\"data\":{\"database\":null,\"\":[null]}}' where sequence = 30");
		assertThat(kinds(verify(false))).containsExactly("entry@30", "columns@30");
	}

	@ParameterizedTest
	@ValueSource(strings = { "newest = newest - 1", "oldest = oldest + 1" })
	void changedTimesOfAChainShouldBeFound(String change) {
		assertThat(database.update("update organization set " + change)).isOne();
		assertThat(kinds(verify(false))).containsExactly("times");
	}

	@ParameterizedTest
	@ValueSource(strings = { "entry set second = cast(second as blob) where sequence = 30",
			"entry set second = second + 0.5 where sequence = 30",
			"entry set resource = cast(resource as blob) where sequence = 30",
			"entry set text = cast(text as blob) where sequence = 30", "facet set author = cast(author as blob)",
			"facet set organization = cast(organization as blob)" })
	void valueOfAnotherTypeThatSearchesDoNotFindShouldBeFound(String change) {
		database.update("update " + change);
		assertThat(kinds(verify(false))).contains("columns@30");
	}

	@Test
	void headThatHidesTheNewestEntriesShouldBeFound() {
		database.update("update archive_head set sequence = 30");
		assertThat(kinds(verify(false))).containsExactly("head");
	}

	@Test
	void entryThatTursoNeverHadShouldBeFoundAgainstTurso() {
		change(30, "Database 29 created", "Database 29 renamed");
		rechain();
		assertThat(kinds(verify(true))).contains("turso-changed@30");
		turso.log().removeBefore(START.plusSeconds(40 * 7200L));
		assertThat(kinds(verify(true))).doesNotContain("turso-changed@30", "turso-added@30");
	}

	@Test
	void keyShouldBeReadableByItsOwnerOnly() throws Exception {
		Path file = directory.resolve("audit-log.key");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(SigningKey.of(file).publicKeyPem())
			.isEqualTo(console.web().get().uri("/api/evidence/key").retrieve().bodyToMono(String.class).block());
	}

	@Test
	void archiveShouldBeReadableByItsOwnerOnly() throws Exception {
		try (var files = Files.list(directory)) {
			assertThat(files.filter((file) -> file.getFileName().toString().startsWith("audit-log.db")))
				.hasSizeGreaterThan(1)
				.allSatisfy((file) -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
					.as(file.toString())
					.isEqualTo("rw-------"));
		}
	}

	@Test
	void retentionThatRemovesAllEntriesShouldLeaveTheLiveStreamAlive() {
		retention().removeBefore(FIRST_DAY.plusDays(6));
		assertThat(console.bean(Archive.class).after(0, 1)).isEmpty();
		StepVerifier
			.create(console.web()
				.get()
				.uri("/api/live?after=5")
				.retrieve()
				.bodyToFlux(JsonNode.class)
				.filter((event) -> event.has("organizations"))
				.take(1))
			.expectNextCount(1)
			.expectComplete()
			.verify(RunningConsole.TIMEOUT);
		assertThat(kinds(verify(true))).isEmpty();
	}

	@Test
	void retentionShouldRemoveSealedDaysAndLeaveTheRestProvable() {
		retention().removeBefore(LocalDate.parse("2026-03-03"));
		Verification verification = verify(true);
		assertThat(verification.findings()).isEmpty();
		assertThat(verification.entries()).isEqualTo(ENTRIES + 1 - 24);
		assertThat(verification.notProven()).anyMatch((text) -> text.contains("Entries up to 24"));
		assertThat(console.get("/api/histogram?organization=acme&unit=day").at("/total").longValue())
			.isEqualTo(ENTRIES + 1 - 24);
		assertThat(console.get("/api/status").at("/organizations/0/oldest").stringValue())
			.isEqualTo("2026-03-03T00:00:00Z");
	}

	@ParameterizedTest
	@ValueSource(longs = { 24, ENTRIES + 1 })
	void entriesRemovedAsIfByRetentionShouldBeFound(long last) {
		database.update(
				"update organization set anchor_sequence = ?, entries = entries - ?,"
						+ " anchor = (select hash from content where sequence = ?),"
						+ " oldest = coalesce((select min(second) from entry where sequence > ?), newest)",
				last, last, last, last);
		database.update("delete from entry where sequence <= ?", last);
		database.update("delete from content where sequence <= ?", last);
		recount();
		assertThat(kinds(verify(true))).containsExactly("retention");
	}

	@Test
	void emptySealThatKeepsLaterEntriesFromBeingSealedShouldBeFound() {
		database.update("update seal set last_sequence = 1000000 where day = '2026-03-06'");
		assertThat(kinds(verify(false))).containsExactly("seal-signature@2026-03-06", "seal-entries@2026-03-06");
	}

	@Test
	void retentionShouldRemoveNothingThatASealWithAnotherDaySays() {
		database.update("update seal set day = '2020-01-01' where day = '2026-03-04'");
		retention().removeBefore(LocalDate.parse("2026-03-02"));
		database.update("update seal set day = '2026-03-04' where day = '2020-01-01'");
		Verification verification = verify(true);
		assertThat(verification.findings()).isEmpty();
		assertThat(verification.entries()).isEqualTo(ENTRIES + 1 - 12);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-03-03", "2026-03-05" })
	void removedNewestAfterRetentionShouldBeFoundByTurso(String kept) {
		retention().removeBefore(LocalDate.parse(kept));
		database.update("update organization set head = (select hash from content where sequence = 48)"
				+ " where anchor_sequence < 48");
		database.update("update organization set head = anchor where anchor_sequence = 48");
		for (int sequence = 49; sequence <= ENTRIES + 1; sequence++) {
			remove(sequence);
		}
		recount();
		database.update("update organization set last_sequence = 48, entries = (select count(*) from entry)");
		database.update("delete from seal where day >= '2026-03-05'");
		assertThat(kinds(verify(false))).isEmpty();
		assertThat(kinds(verify(true))).containsOnly("turso-missing").hasSize(13);
		database.update("update organization set oldest = " + Long.MAX_VALUE);
		assertThat(kinds(verify(true))).filteredOn("turso-missing"::equals).hasSize(13);
	}

	@Test
	void anchorThatIsNotTheEndOfASealShouldBeFound() {
		retention().removeBefore(LocalDate.parse("2026-03-03"));
		assertThat(kinds(verify(false))).isEmpty();
		SigningKey key = console.bean(SigningKey.class);
		String anchor = "0".repeat(64);
		database.update("update organization set anchor_sequence = 20, anchor = ?, anchor_signature = ?",
				HexFormat.of().parseHex(anchor), key.sign(Retention.removal("acme", 20, anchor)));
		assertThat(kinds(verify(false))).contains("retention");
	}

	@Test
	void removedOldestAfterRetentionShouldBeFoundByTurso() {
		retention().removeBefore(LocalDate.parse("2026-03-03"));
		for (int sequence = 25; sequence <= 48; sequence++) {
			remove(sequence);
		}
		rechain();
		database.update("delete from seal where day >= '2026-03-03'");
		sealAgain("2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06");
		assertThat(kinds(verify(false))).isEmpty();
		assertThat(kinds(verify(true))).as("without the one of midnight").containsOnly("turso-missing").hasSize(23);
	}

	@Test
	void entryThatRetentionRemovedBeforeALateOneOfAnEarlierDayShouldNotBeMissed() {
		database.update("delete from seal where day >= '2026-03-02'");
		database.update("update entry set second = second - 1 where sequence = 25");
		sealAgain("2026-03-02");
		database.update("update entry set second = second + 1 where sequence = 25");
		sealAgain("2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06");
		retention().removeBefore(LocalDate.parse("2026-03-03"));
		Verification verification = verify(true);
		assertThat(verification.findings()).isEmpty();
		assertThat(verification.entries()).isEqualTo(ENTRIES + 1 - 25);
	}

	@Test
	void sealsThatWereRemovedAndMadeAnewShouldBeFoundByKeptSealsAndTold() {
		List<Seal> kept = console.bean(Seals.class).all("acme");
		remove(ENTRIES + 1);
		rechain();
		database.update("delete from seal where day >= '2026-03-05'");
		sealAgain("2026-03-05", "2026-03-06");
		Verification verification = verify(false);
		assertThat(verification.ok()).isTrue();
		assertThat(verification.notProven()).anyMatch((text) -> text.contains("removes the latest from the database"));
		assertThat(kinds(console.bean(Verifier.class).verify("acme", kept, false)))
			.containsExactly("seal-kept@2026-03-05", "seal-kept@2026-03-06");
	}

	@Test
	void entriesThatASealOfTheirDayDoesNotCoverShouldBeTold() {
		database.update("delete from seal where day >= '2026-03-05'");
		database.update("update seal set last_sequence = 1000000 where day = '2026-03-03'");
		sealAgain("2026-03-05");
		database.update("update seal set last_sequence = 36 where day = '2026-03-03'");
		remove(ENTRIES + 1);
		rechain();
		Verification verification = verify(false);
		assertThat(verification.findings()).isEmpty();
		assertThat(verification.notProven()).anyMatch((text) -> text.startsWith("Entries after 48, the last one that"));
	}

	@Test
	void emptiedArchiveShouldNotBeOk() {
		TABLES.stream()
			.filter((table) -> !table.equals("archive_head") && !table.equals("organization"))
			.forEach((table) -> database.update("delete from " + table));
		database.update("update organization set entries = 0, last_sequence = 0, head = anchor");
		assertThat(kinds(verify(false))).containsExactly("empty");
		database.update("delete from organization");
		assertThat(kinds(verify(false))).containsExactly("empty");
		assertThat(kinds(console.bean(Verifier.class).verify("acne", List.of(), false))).containsExactly("empty");
	}

	private static void sealAgain(String... days) {
		Sealer sealer = console.bean(Sealer.class);
		Stream.of(days).forEach((day) -> sealer.seal("acme", LocalDate.parse(day)));
	}

	private static Retention retention() {
		return new Retention(null, console.bean(JdbcClient.class), console.bean(TransactionTemplate.class),
				console.bean(SigningKey.class));
	}

	private Verification verify(boolean againstTurso) {
		return console.bean(Verifier.class).verify("acme", List.of(), againstTurso);
	}

	private static List<String> kinds(Verification verification) {
		assertThat(verification.ok()).isEqualTo(verification.findings().isEmpty());
		return verification.findings()
			.stream()
			.map((finding) -> finding.kind() + ((finding.sequence() != null) ? "@" + finding.sequence() : "")
					+ ((finding.day() != null) ? "@" + finding.day() : ""))
			.toList();
	}

	private void change(long sequence, String from, String to) {
		assertThat(
				database.update("update content set json = replace(json, ?, ?) where sequence = ?", from, to, sequence))
			.isOne();
	}

	private void remove(long sequence) {
		database.update("delete from entry where sequence = ?", sequence);
		database.update("delete from content where sequence = ?", sequence);
	}

	private void recount() {
		database.update("delete from daily");
		database.update("insert into daily select second / 86400, facet_id, count(*) from entry group by 1, 2");
	}

	/**
	 * What somebody does who can write to the database, and knows how hashes are made.
	 */
	private void rechain() {
		recount();
		List<ArchivedEntry> entries = console.bean(Archive.class).after(0, 1000);
		byte[] head = console.bean(Archive.class).chain("acme").orElseThrow().anchor();
		for (ArchivedEntry entry : entries) {
			head = ChainHash.next(head, entry.sequence(), entry.json());
			database.update("update content set hash = ? where sequence = ?", head, entry.sequence());
		}
		database.update("update organization set head = ?, last_sequence = ?, entries = ?", head,
				entries.get(entries.size() - 1).sequence(), entries.size());
		assertThat(HexFormat.of().formatHex(head)).hasSize(64);
	}

}
