package io.github.tursospring.auditlog.follow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Stores positions in a directory, in one file for each follower and organization. A file
 * is replaced as a whole and is on the disk before a position counts as saved: whenever
 * the machine stops, the file holds the last position or the one before.
 * <p>
 * Processes on one machine may share the directory: file locks make sure that one of them
 * at a time compares and saves. Whether that holds between machines depends on the file
 * system: use a database there.
 *
 * @since 0.1.0
 */
public final class FileAuditLogCheckpointStore implements AuditLogCheckpointStore {

	private static final Pattern OLD_NAME = Pattern.compile("audit-log-([a-z0-9_-]+)\\.checkpoint");

	private final Path directory;

	/**
	 * Create a store in a directory.
	 * @param directory the directory, which is created if it is missing
	 * @throws UncheckedIOException if it cannot be created or written
	 */
	public FileAuditLogCheckpointStore(Path directory) {
		try {
			this.directory = create(directory);
		}
		catch (IOException ex) {
			throw failure("Checkpoint directory '" + directory.toAbsolutePath() + "' is not writable", ex);
		}
	}

	private static Path create(Path directory) throws IOException {
		Path real = Files.createDirectories(directory).toRealPath();
		if (!Files.isWritable(real)) {
			throw new AccessDeniedException(real.toString());
		}
		return real;
	}

	@Override
	public Mono<String> load(CheckpointKey key) {
		CheckpointFile file = CheckpointFile.of(this.directory, key);
		return blocking("The position in " + describe(key) + " cannot be read", file::read);
	}

	@Override
	public Mono<Boolean> save(CheckpointKey key, @Nullable String previous, String position) {
		CheckpointFile file = CheckpointFile.of(this.directory, key);
		return blocking("The position in " + describe(key) + " cannot be saved",
				() -> file.compareAndSet(previous, position));
	}

	@Override
	public Flux<CheckpointKey> keys() {
		return blocking("The directory '" + this.directory + "' of positions cannot be read", this::readKeys)
			.flatMapIterable(Function.identity());
	}

	private List<CheckpointKey> readKeys() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.peek(FileAuditLogCheckpointStore::refuseOldName)
				.map(CheckpointFile::keyOf)
				.filter(Objects::nonNull)
				.toList();
		}
	}

	/** Files of 0.1 do not name a follower. */
	private static void refuseOldName(Path file) {
		Matcher matcher = OLD_NAME.matcher(String.valueOf(file.getFileName()));
		if (matcher.matches()) {
			throw new IllegalStateException("The checkpoint file '" + file + "' is of version 0.1, which had one"
					+ " follower. Rename it to 'audit-log.<follower>." + matcher.group(1)
					+ ".checkpoint', where <follower> is the name of the handler's bean with '_' before each capital"
					+ " letter and all letters in lower case; or remove it, and the follower starts again at its start time");
		}
	}

	@Override
	public String describe(CheckpointKey key) {
		return "file '" + CheckpointFile.of(this.directory, key) + "'";
	}

	private static <T> Mono<T> blocking(String failure, Callable<? extends @Nullable T> work) {
		return Mono.<T>fromCallable(work)
			.onErrorMap(IOException.class, (ex) -> failure(failure, ex))
			.subscribeOn(Schedulers.boundedElastic());
	}

	private static UncheckedIOException failure(String what, IOException ex) {
		return new UncheckedIOException(what + " (" + ex + "). Check that the directory exists, that this process may"
				+ " write to it and that its disk is not full, or set 'turso.audit-logs.follow.file.directory' to"
				+ " another one.", ex);
	}

}
