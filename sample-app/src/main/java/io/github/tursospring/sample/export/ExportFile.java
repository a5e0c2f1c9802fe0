package io.github.tursospring.sample.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.github.tursospring.sample.archive.OwnerOnly;

/**
 * A file in the making: written beside its place under the name {@code <name>.part}, with
 * a {@code <name>.state} that says how much of it counts, and moved into its place when
 * it is complete. Its owner alone can read any of them. Symbolic links in the place of
 * the two are refused or replaced, never followed.
 */
final class ExportFile implements Closeable {

	private final JsonMapper jsonMapper = JsonMapper.shared();

	private final Path target;

	private final Path part;

	private final Path stateFile;

	private final FileChannel channel;

	private @Nullable State state;

	private ExportFile(Path target) throws IOException {
		this.target = target;
		this.part = beside(target, ".part");
		this.stateFile = beside(target, ".state");
		refuseLink(this.part);
		this.channel = OwnerOnly.open(this.part);
		if (this.channel.tryLock() == null) {
			this.channel.close();
			throw new FileSystemException(this.part.toString(), null, "is being written by another export");
		}
	}

	private static void refuseLink(Path file) throws IOException {
		if (Files.isSymbolicLink(file)) {
			throw new FileSystemException(file.toString(), null, "is a symbolic link; remove it");
		}
	}

	/** Start a file anew, whatever is left of an earlier one. */
	static ExportFile start(Path target) throws IOException {
		ExportFile file = new ExportFile(target);
		Files.deleteIfExists(file.stateFile);
		file.channel.truncate(0);
		return file;
	}

	/**
	 * Resume where an earlier export stopped: what it wrote after its last state is cut
	 * off. Without a state, the file starts anew.
	 */
	static ExportFile resume(Path target) throws IOException {
		Path stateFile = beside(target, ".state");
		refuseLink(stateFile);
		if (!Files.exists(stateFile)) {
			return start(target);
		}
		ExportFile file = new ExportFile(target);
		try {
			file.resume();
			return file;
		}
		catch (IOException | RuntimeException ex) {
			file.close();
			throw ex;
		}
	}

	private void resume() throws IOException {
		State found = readState();
		if (this.channel.size() < found.length()) {
			throw new FileSystemException(this.part.toString(), null,
					"is shorter than " + this.stateFile + " says; export without --resume");
		}
		this.channel.truncate(found.length());
		this.channel.position(found.length());
		this.state = found;
	}

	private State readState() throws IOException {
		try {
			State read = this.jsonMapper.readValue(Files.readString(this.stateFile), State.class);
			if (read != null && read.isValid()) {
				return read;
			}
		}
		catch (JacksonException ex) {
			// is reported below
		}
		throw new FileSystemException(this.stateFile.toString(), null,
				"is no state of an export; export without --resume");
	}

	/** Return how far the file has come. */
	@Nullable State state() {
		return this.state;
	}

	void write(String text) throws IOException {
		write(this.channel, text);
	}

	private static void write(FileChannel channel, String text) throws IOException {
		ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
		while (bytes.hasRemaining()) {
			channel.write(bytes);
		}
	}

	/** Note how far the file has come, once what has been written is on the disk. */
	void checkpoint(String description, String position, long entries) throws IOException {
		this.channel.force(false);
		this.state = new State(description, position, this.channel.position(), entries);
		Path next = beside(this.target, ".state.next");
		Files.deleteIfExists(next);
		try (FileChannel file = OwnerOnly.create(next)) {
			write(file, this.jsonMapper.writeValueAsString(this.state));
		}
		Files.move(next, this.stateFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/** Put the file into its place, in one step. */
	void complete() throws IOException {
		this.channel.force(true);
		Files.move(this.part, this.target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		Files.deleteIfExists(this.stateFile);
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

	private static Path beside(Path target, String suffix) {
		return target.resolveSibling(target.getFileName() + suffix);
	}

	/**
	 * How far an export has come: what has been written up to here is safe.
	 */
	record State(String description, String position, long length, long entries) {

		boolean isValid() {
			return this.description != null && this.position != null && this.length >= 0 && this.entries >= 0;
		}

	}

}
