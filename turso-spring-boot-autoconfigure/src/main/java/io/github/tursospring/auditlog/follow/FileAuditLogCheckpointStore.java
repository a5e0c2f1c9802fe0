package io.github.tursospring.auditlog.follow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps positions in a directory, in one file for each organization. A file is replaced
 * as a whole and is on the disk before a position counts as saved: whenever the machine
 * stops, the file holds the last position or the one before.
 * <p>
 * Processes on one machine may share the directory: file locks see to it that one of them
 * at a time compares and saves. Whether that holds between machines depends on the file
 * system: use a database there.
 *
 * @since 0.1.0
 */
public final class FileAuditLogCheckpointStore implements AuditLogCheckpointStore {

	private static final Pattern SLUG = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9-]*");

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
			throw failure("Positions of audit logs cannot be kept in the directory '" + directory.toAbsolutePath()
					+ "': it is no directory that this process may write", ex);
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
	public Mono<String> load(String organization) {
		CheckpointFile file = fileOf(organization);
		return blocking("The position of organization '" + organization + "' cannot be read from '" + file + "'",
				file::read);
	}

	@Override
	public Mono<Boolean> save(String organization, @Nullable String previousToken, String token) {
		CheckpointFile file = fileOf(organization);
		return blocking("The position of organization '" + organization + "' cannot be saved to '" + file + "'",
				() -> file.compareAndSet(previousToken, token));
	}

	private CheckpointFile fileOf(String organization) {
		if (!SLUG.matcher(organization).matches()) {
			throw new IllegalArgumentException("organization must be a slug of letters, digits and hyphens"
					+ " ([a-zA-Z0-9][a-zA-Z0-9-]*), not '" + organization + "'");
		}
		return CheckpointFile.of(this.directory, organization);
	}

	private static <T> Mono<T> blocking(String failure, Callable<? extends @Nullable T> work) {
		return Mono.<T>fromCallable(work)
			.onErrorMap(IOException.class, (ex) -> failure(failure, ex))
			.subscribeOn(Schedulers.boundedElastic());
	}

	private static UncheckedIOException failure(String what, IOException ex) {
		return new UncheckedIOException(what + " (" + ex + "). Make sure that the directory is there, that this process"
				+ " may write to it, and that its disk is sound and not full, or set"
				+ " 'turso.audit-logs.follow.file.directory' to another one.", ex);
	}

}
