package io.github.tursospring.auditlog.follow;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A position in a file. The file is only ever replaced as a whole, by one process at a
 * time, and is on the disk before a change counts as made.
 */
final class CheckpointFile {

	private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);

	private static final Duration LOCK_INTERVAL = Duration.ofMillis(5);

	private static final String END = "\n";

	private static final String PREFIX = "audit-log.";

	private static final String SUFFIX = ".checkpoint";

	private static final Pattern FILE_NAME = Pattern.compile("audit-log\\.([^.]+)\\.([^.]+)\\.checkpoint");

	private static final boolean DIRECTORIES_OPEN = File.separatorChar == '/';

	private final Path file;

	private final Path temporaryFile;

	private final Path lockFile;

	private CheckpointFile(Path directory, String name) {
		this.file = directory.resolve(name + SUFFIX);
		this.temporaryFile = directory.resolve(name + SUFFIX + ".tmp");
		this.lockFile = directory.resolve(name + ".lock");
	}

	/**
	 * Return the file of a checkpoint.
	 * @param directory the directory
	 * @param key the follower and organization
	 * @return the file, which differs from every other one's in more than case, and which
	 * no operating system reserves
	 */
	static CheckpointFile of(Path directory, CheckpointKey key) {
		return new CheckpointFile(directory,
				PREFIX + FileNames.encode(key.follower()) + "." + FileNames.encode(key.organization()));
	}

	/**
	 * Return the key of a checkpoint's file.
	 * @param file the file
	 * @return the key, or {@code null} if the file is none of {@link #of}
	 */
	static @Nullable CheckpointKey keyOf(Path file) {
		Matcher matcher = FILE_NAME.matcher(String.valueOf(file.getFileName()));
		return matcher.matches()
				? new CheckpointKey(FileNames.decode(matcher.group(1)), FileNames.decode(matcher.group(2))) : null;
	}

	@Nullable String read() throws IOException {
		String content;
		try {
			content = Files.readString(this.file, StandardCharsets.UTF_8);
		}
		catch (NoSuchFileException ex) {
			checkDirectory();
			return null;
		}
		if (content.length() <= END.length() || !content.endsWith(END)) {
			throw new IOException("the file is corrupt: its end is missing. Restore it, or remove it, and the follower"
					+ " starts again at its start time");
		}
		return content.substring(0, content.length() - END.length());
	}

	/**
	 * Write a token, if the one before it is what the file holds.
	 * @param previousToken the token that has to be there, {@code null} for none
	 * @param token the token to write
	 * @return whether the file now holds the token
	 * @throws IOException if it could not be written
	 */
	boolean compareAndSet(@Nullable String previousToken, String token) throws IOException {
		// A file lock keeps out other processes only, and closing a second channel of
		// this process would release it: so one thread at a time, in all class loaders.
		String monitor = (CheckpointFile.class.getName() + this.lockFile).intern();
		synchronized (monitor) {
			try (FileChannel channel = FileChannel.open(this.lockFile, StandardOpenOption.CREATE,
					StandardOpenOption.WRITE); FileLock lock = lock(channel)) {
				return lock.isValid() && compareAndSetLocked(previousToken, token);
			}
		}
	}

	private boolean compareAndSetLocked(@Nullable String previousToken, String token) throws IOException {
		String stored = read();
		if (token.equals(stored)) {
			forceDirectory();
			return true;
		}
		if (!Objects.equals(stored, previousToken)) {
			return false;
		}
		replace(token);
		return true;
	}

	private FileLock lock(FileChannel channel) throws IOException {
		long start = System.nanoTime();
		FileLock lock = channel.tryLock();
		while (lock == null) {
			if (Thread.interrupted()) {
				throw new InterruptedIOException("interrupted while another process held " + this.lockFile);
			}
			if (System.nanoTime() - start > LOCK_PATIENCE.toNanos()) {
				throw new IOException(
						"another process has held " + this.lockFile + " for " + LOCK_PATIENCE.toSeconds() + " seconds");
			}
			LockSupport.parkNanos(LOCK_INTERVAL.toNanos());
			lock = channel.tryLock();
		}
		return lock;
	}

	private void replace(String token) throws IOException {
		try {
			write(StandardCharsets.UTF_8.encode(token + END));
			Files.move(this.temporaryFile, this.file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			try {
				Files.deleteIfExists(this.temporaryFile);
			}
			catch (IOException suppressed) {
				ex.addSuppressed(suppressed);
			}
			throw ex;
		}
		forceDirectory();
	}

	private void write(ByteBuffer content) throws IOException {
		Files.deleteIfExists(this.temporaryFile);
		try (FileChannel channel = FileChannel.open(this.temporaryFile, StandardOpenOption.CREATE_NEW,
				StandardOpenOption.WRITE)) {
			while (content.hasRemaining()) {
				channel.write(content);
			}
			channel.force(true);
		}
	}

	private void forceDirectory() throws IOException {
		if (!DIRECTORIES_OPEN) {
			return;
		}
		try (FileChannel channel = FileChannel.open(directory(), StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException ex) {
			throw new IOException("the position is written, but can be lost in a power failure", ex);
		}
	}

	private void checkDirectory() throws IOException {
		if (!Files.isDirectory(directory())) {
			throw new NotDirectoryException(directory().toString());
		}
	}

	private Path directory() {
		return Objects.requireNonNull(this.file.getParent());
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

}
