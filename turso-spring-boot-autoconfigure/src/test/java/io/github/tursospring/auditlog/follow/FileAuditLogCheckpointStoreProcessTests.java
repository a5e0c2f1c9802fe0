package io.github.tursospring.auditlog.follow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.tursospring.test.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link FileAuditLogCheckpointStore} with processes that share a directory,
 * are killed, or have a disk that is full or read-only.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
class FileAuditLogCheckpointStoreProcessTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final CheckpointKey KEY = new CheckpointKey("archive", "acme");

	private static final int STEPS = 200;

	private static final int KILLS = 10;

	private static final String LONG = "x".repeat(100_000);

	@TempDir
	private Path directory;

	@Test
	void amongProcessesExactlyOneShouldWinEachStep() {
		List<ChildJvm> contenders = IntStream.range(0, 3)
			.mapToObj((number) -> ChildJvm.start(Contender.class, this.directory.toString(), "process" + number))
			.toList();
		try {
			contenders.forEach((contender) -> assertThat(contender.readLine()).isEqualTo("ready"));
			contenders.forEach((contender) -> contender.writeLine("go"));
			List<List<String>> wins = contenders.stream().map(ChildJvm::readLines).toList();
			assertThat(wins.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(
					IntStream.rangeClosed(1, STEPS).mapToObj(String::valueOf).toList());
			contenders.forEach((contender) -> assertThat(contender.exitValue()).isZero());
		}
		finally {
			contenders.forEach(ChildJvm::close);
		}
	}

	@Test
	void saveShouldWaitForAnotherProcessThatIsSaving() throws Exception {
		FileAuditLogCheckpointStore store = new FileAuditLogCheckpointStore(this.directory);
		try (ChildJvm holder = ChildJvm.start(LockHolder.class,
				this.directory.resolve("audit-log.archive.acme.lock").toString())) {
			assertThat(holder.readLine()).isEqualTo("ready");
			CompletableFuture<Boolean> save = store.save(KEY, null, "a").toFuture();
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> save.get(300, TimeUnit.MILLISECONDS));
			holder.writeLine("go");
			assertThat(save.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void processThatIsKilledWhileSavingShouldLeaveAWholePosition() {
		FileAuditLogCheckpointStore store = new FileAuditLogCheckpointStore(this.directory);
		Random random = new Random(4);
		int saved = 0;
		for (int kill = 0; kill < KILLS; kill++) {
			try (ChildJvm saver = ChildJvm.start(Saver.class, this.directory.toString())) {
				int last = saved + 1 + random.nextInt(40);
				String line = saver.readLine();
				while (line != null && Integer.parseInt(line) < last) {
					line = saver.readLine();
				}
				saver.kill();
				List<String> rest = saver.readLines();
				int acknowledged = rest.isEmpty() ? last : Integer.parseInt(rest.get(rest.size() - 1));
				String token = store.load(KEY).block(LIMIT);
				assertThat(token).isNotNull().endsWith("-" + LONG);
				saved = stepOf(token);
				assertThat(saved).isBetween(acknowledged, acknowledged + 1);
			}
		}
		System.out.println("File store: " + KILLS + " kills, " + saved + " positions saved, 0 lost");
	}

	@Test
	void fullDiskShouldBeAClearErrorAndLeaveThePosition() {
		List<String> output = onDiskOfItsOwn(FullDisk.class);
		assertThat(output).hasSize(3);
		assertThat(output.get(0)).contains(this.directory + "/audit-log.archive.acme.checkpoint",
				"No space left on device", "turso.audit-logs.follow.file.directory");
		assertThat(output.subList(1, 3)).containsExactly("still a", "then true");
	}

	@Test
	void diskThatTurnsReadOnlyShouldBeAClearErrorAndLeaveThePosition() {
		List<String> output = onDiskOfItsOwn(ReadOnlyDisk.class);
		assertThat(output).hasSize(4);
		assertThat(output.get(0)).contains(this.directory + "/audit-log.archive.acme.checkpoint",
				"Read-only file system", "turso.audit-logs.follow.file.directory");
		assertThat(output.get(1)).contains("'" + this.directory + "'", "turso.audit-logs.follow.file.directory");
		assertThat(output.subList(2, 4)).containsExactly("still a", "then true");
	}

	@Test
	void writeThatEndsHalfwayShouldBeAClearErrorAndLeaveThePosition() {
		List<String> limited = List.of("sh", "-c", "ulimit -f 16 && exec \"$0\" \"$@\"");
		try (ChildJvm program = ChildJvm.start(limited, FullDisk.class, this.directory.toString())) {
			List<String> output = program.readLines();
			assertThat(output).hasSize(3);
			assertThat(output.get(0)).contains(this.directory + "/audit-log.archive.acme.checkpoint", "File too large",
					"turso.audit-logs.follow.file.directory");
			assertThat(output.subList(1, 3)).containsExactly("still a", "then true");
		}
	}

	/** Run a program that has a small file system at the directory, seen by it alone. */
	private List<String> onDiskOfItsOwn(Class<?> program) {
		String mount = "mount -t tmpfs -o size=64k tmpfs '" + this.directory + "'";
		for (String unshare : List.of("-m", "-rm")) {
			if (succeeds("unshare", unshare, "sh", "-c", mount)) {
				List<String> prefix = List.of("unshare", unshare, "sh", "-c", mount + " && exec \"$0\" \"$@\"");
				try (ChildJvm child = ChildJvm.start(prefix, program, this.directory.toString())) {
					return child.readLines();
				}
			}
		}
		assumeThat(false).as("file systems can be mounted here").isTrue();
		return List.of();
	}

	private static boolean succeeds(String... command) {
		try {
			return new ProcessBuilder(command).start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static int stepOf(@Nullable String token) {
		return (token != null) ? Integer.parseInt(token.substring(0, token.indexOf('-'))) : 0;
	}

	private static void awaitGo() throws IOException {
		System.out.println("ready");
		new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
	}

	/**
	 * Saves step after step in two threads, against others that do the same.
	 */
	static final class Contender {

		private Contender() {
		}

		public static void main(String[] args) throws Exception {
			awaitGo();
			List<Thread> threads = new ArrayList<>();
			for (String thread : List.of("a", "b")) {
				threads.add(new Thread(() -> contend(Path.of(args[0]), args[1] + thread)));
			}
			threads.forEach(Thread::start);
			for (Thread thread : threads) {
				thread.join();
			}
		}

		private static void contend(Path directory, String name) {
			FileAuditLogCheckpointStore store = new FileAuditLogCheckpointStore(directory);
			int step = 0;
			while (step < STEPS) {
				String previous = store.load(KEY).block(LIMIT);
				step = stepOf(previous) + 1;
				if (step <= STEPS && Boolean.TRUE.equals(store.save(KEY, previous, step + "-" + name).block(LIMIT))) {
					System.out.println(step);
				}
			}
		}

	}

	/**
	 * Saves until it is killed, and says what it has saved.
	 */
	static final class Saver {

		private Saver() {
		}

		public static void main(String[] args) {
			FileAuditLogCheckpointStore store = new FileAuditLogCheckpointStore(Path.of(args[0]));
			String previous = store.load(KEY).block(LIMIT);
			while (true) {
				String token = (stepOf(previous) + 1) + "-" + LONG;
				if (!Boolean.TRUE.equals(store.save(KEY, previous, token).block(LIMIT))) {
					throw new IllegalStateException("Overtaken, though alone");
				}
				System.out.println(stepOf(token));
				previous = token;
			}
		}

	}

	/**
	 * Holds a lock until it is told to go on.
	 */
	static final class LockHolder {

		private LockHolder() {
		}

		public static void main(String[] args) throws IOException {
			try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
				if (lock.isValid()) {
					awaitGo();
				}
			}
		}

	}

	/**
	 * Saves a position that does not fit.
	 */
	static final class FullDisk {

		private FullDisk() {
		}

		public static void main(String[] args) throws IOException {
			Path directory = Path.of(args[0]);
			FileAuditLogCheckpointStore store = new FileAuditLogCheckpointStore(directory);
			store.save(KEY, null, "a").block(LIMIT);
			try {
				store.save(KEY, "a", LONG).block(LIMIT);
			}
			catch (UncheckedIOException ex) {
				System.out.println(ex.getMessage());
			}
			try (Stream<Path> files = Files.list(directory)) {
				if (files.anyMatch((file) -> file.toString().endsWith(".tmp"))) {
					System.out.println("something is left");
				}
			}
			System.out.println("still " + store.load(KEY).block(LIMIT));
			System.out.println("then " + store.save(KEY, "a", "b").block(LIMIT));
		}

	}

	/**
	 * Saves a position to a disk that takes nothing any more.
	 */
	static final class ReadOnlyDisk {

		private ReadOnlyDisk() {
		}

		public static void main(String[] args) {
			Path directory = Path.of(args[0]);
			FileAuditLogCheckpointStore store = new FileAuditLogCheckpointStore(directory);
			store.save(KEY, null, "a").block(LIMIT);
			succeeds("mount", "-o", "remount,bind,ro", args[0]);
			try {
				store.save(KEY, "a", "b").block(LIMIT);
			}
			catch (UncheckedIOException ex) {
				System.out.println(ex.getMessage());
			}
			try {
				new FileAuditLogCheckpointStore(directory);
			}
			catch (UncheckedIOException ex) {
				System.out.println(ex.getMessage());
			}
			System.out.println("still " + store.load(KEY).block(LIMIT));
			succeeds("mount", "-o", "remount,bind,rw", args[0]);
			System.out.println("then " + store.save(KEY, "a", "b").block(LIMIT));
		}

	}

}
