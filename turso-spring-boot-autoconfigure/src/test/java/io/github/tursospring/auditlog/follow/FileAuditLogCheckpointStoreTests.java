package io.github.tursospring.auditlog.follow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link FileAuditLogCheckpointStore}.
 */
class FileAuditLogCheckpointStoreTests extends AbstractAuditLogCheckpointStoreTests {

	@TempDir
	private Path temporary;

	@Override
	protected AuditLogCheckpointStore store() {
		return new FileAuditLogCheckpointStore(directory());
	}

	private Path directory() {
		return this.temporary.resolve("made/on/demand");
	}

	private Path file() {
		return directory().resolve("audit-log.archive.acme.checkpoint");
	}

	@Test
	void anotherStoreShouldSeeThePosition() {
		save(store(), null, "a");
		assertThat(load(store())).isEqualTo("a");
	}

	@Test
	void filesShouldDifferInMoreThanCase() throws IOException {
		AuditLogCheckpointStore store = store();
		List<String> names = List.of("acme", "Acme", "ACME", "a-cme", "A-cme");
		for (String name : names) {
			store.save(new CheckpointKey(name, "acme"), null, "a").block(LIMIT);
			store.save(new CheckpointKey("archive", name), null, "a").block(LIMIT);
		}
		try (Stream<Path> files = Files.list(directory())) {
			assertThat(files.map((file) -> file.getFileName().toString().toLowerCase(Locale.ROOT))
				.filter((name) -> name.endsWith(".checkpoint"))
				.distinct()).hasSize(2 * names.size());
		}
	}

	@Test
	void fileOfVersionWithoutFollowersShouldBeRefusedWithItsNewName() throws IOException {
		AuditLogCheckpointStore store = store();
		Path old = Files.writeString(directory().resolve("audit-log-acme.checkpoint"), "a\n");
		StepVerifier.create(store.keys())
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining(old.toString())
				.hasMessageContaining("'audit-log.<follower>.acme.checkpoint'"))
			.verify(LIMIT);
		Files.move(old, directory().resolve("audit-log.archive.acme.checkpoint"));
		assertThat(load(store)).isEqualTo("a");
		StepVerifier.create(store.keys()).expectNext(KEY).expectComplete().verify(LIMIT);
	}

	@Test
	void fileShouldHoldTheTokenAsALine() throws IOException {
		save(store(), null, "a-token");
		assertThat(file()).hasContent("a-token");
		assertThat(Files.readString(file())).isEqualTo("a-token\n");
	}

	@Test
	void crashWhileWritingShouldLeaveThePositionBefore() throws IOException {
		AuditLogCheckpointStore store = store();
		save(store, null, "a");
		Path temporaryFile = directory().resolve("audit-log.archive.acme.checkpoint.tmp");
		Files.writeString(temporaryFile, "half of a tok");
		assertThat(load(store)).isEqualTo("a");
		assertThat(save(store, "a", "b")).isTrue();
		assertThat(load(store)).isEqualTo("b");
		assertThat(temporaryFile).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "half of a tok" })
	void fileThatWasCutShortShouldBeAnErrorAndNotABeginning(String content) throws IOException {
		AuditLogCheckpointStore store = store();
		save(store, null, "a");
		Files.writeString(file(), content);
		StepVerifier.create(store.load(KEY))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(UncheckedIOException.class)
				.hasMessageContaining(file().toString())
				.hasMessageContaining("its end is missing. Restore it, or remove it"))
			.verify(LIMIT);
		StepVerifier.create(store.save(KEY, null, "b")).expectError(UncheckedIOException.class).verify(LIMIT);
	}

	@Test
	void directoryThatIsAFileShouldBeRefusedAtOnce() throws IOException {
		Path file = Files.createFile(this.temporary.resolve("file"));
		for (Path directory : List.of(file, file.resolve("below"))) {
			assertThatExceptionOfType(UncheckedIOException.class)
				.isThrownBy(() -> new FileAuditLogCheckpointStore(directory))
				.withMessageContaining("'" + directory + "'")
				.withMessageContaining("turso.audit-logs.follow.file.directory");
		}
	}

	@Test
	void directoryThatMayNotBeWrittenShouldBeRefusedAtOnce() throws IOException {
		Path directory = Files.createDirectory(this.temporary.resolve("read-only"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
		assumeThat(Files.isWritable(directory)).as("permissions do not bind root").isFalse();
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> new FileAuditLogCheckpointStore(directory))
			.withMessageContaining("'" + directory + "'");
	}

	@Test
	void directoryThatIsGoneShouldBeAnErrorAndNotABeginning() throws IOException {
		AuditLogCheckpointStore store = store();
		save(store, null, "a");
		Path away = this.temporary.resolve("away");
		Files.move(directory(), away);
		StepVerifier.create(store.load(KEY)).expectError(UncheckedIOException.class).verify(LIMIT);
		StepVerifier.create(store.save(KEY, "a", "b"))
			.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(UncheckedIOException.class)
				.hasMessageContaining(file().toString())
				.hasMessageContaining("turso.audit-logs.follow.file.directory"))
			.verify(LIMIT);
		Files.move(away, directory());
		assertThat(load(store)).isEqualTo("a");
		assertThat(save(store, "a", "b")).isTrue();
	}

	@Test
	void fileThatCannotBeReplacedShouldStayAsItIs() throws IOException {
		AuditLogCheckpointStore store = store();
		save(store, null, "a");
		Path blocked = Files.createDirectories(directory().resolve("audit-log.archive.acme.checkpoint.tmp/full"));
		StepVerifier.create(store.save(KEY, "a", "b"))
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).isInstanceOf(UncheckedIOException.class).hasMessageContaining(file() + "'"))
			.verify(LIMIT);
		assertThat(load(store)).isEqualTo("a");
		Files.delete(blocked);
		assertThat(save(store, "a", "b")).isTrue();
	}

}
