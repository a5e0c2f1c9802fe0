package io.github.tursospring.sample.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file on its way: written beside its place under the name {@code <name>.part}, with a
 * {@code <name>.state} that says how much of it counts, and moved into its place when it
 * is whole.
 */
final class ExportFile implements Closeable {

	private final JsonMapper jsonMapper = JsonMapper.shared();

	private final Path target;

	private final Path part;

	private final Path stateFile;

	private final FileChannel channel;

	private @Nullable ExportState state;

	private ExportFile(Path target) throws IOException {
		this.target = target;
		this.part = beside(target, ".part");
		this.stateFile = beside(target, ".state");
		this.channel = FileChannel.open(this.part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		if (this.channel.tryLock() == null) {
			this.channel.close();
			throw new IOException(this.part + " is being written by another export");
		}
	}

	/**
	 * Start a file anew, whatever is left of an earlier one.
	 * @param target where it is to be when it is whole
	 * @return the file
	 * @throws IOException if it cannot be written
	 */
	static ExportFile start(Path target) throws IOException {
		ExportFile file = new ExportFile(target);
		Files.deleteIfExists(file.stateFile);
		file.channel.truncate(0);
		return file;
	}

	/**
	 * Go on where an earlier export stopped: what it wrote after its last state is cut
	 * off. Without a state, the file starts anew.
	 * @param target where it is to be when it is whole
	 * @return the file
	 * @throws IOException if it cannot be written, or what is there is not what the state
	 * says
	 */
	static ExportFile resume(Path target) throws IOException {
		if (!Files.exists(beside(target, ".state"))) {
			return start(target);
		}
		ExportFile file = new ExportFile(target);
		try {
			file.goOn();
			return file;
		}
		catch (IOException | RuntimeException ex) {
			file.close();
			throw ex;
		}
	}

	private void goOn() throws IOException {
		ExportState found = readState();
		if (this.channel.size() < found.length()) {
			throw new IOException(this.part + " is shorter than " + this.stateFile + " says. Export without --resume.");
		}
		this.channel.truncate(found.length());
		this.channel.position(found.length());
		this.state = found;
	}

	private ExportState readState() throws IOException {
		try {
			return this.jsonMapper.readValue(Files.readString(this.stateFile), ExportState.class);
		}
		catch (JacksonException ex) {
			throw new IOException(this.stateFile + " cannot be read. Export without --resume.", ex);
		}
	}

	/**
	 * Return how far the file has come.
	 * @return the state, {@code null} at the start
	 */
	@Nullable ExportState state() {
		return this.state;
	}

	void write(String text) throws IOException {
		ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
		while (bytes.hasRemaining()) {
			this.channel.write(bytes);
		}
	}

	/**
	 * Note how far the file has come, once what has been written is on the disk.
	 * @param what what is exported
	 * @param token the position in the log
	 * @param entries number of entries written
	 * @throws IOException if it cannot be written
	 */
	void checkpoint(String what, String token, long entries) throws IOException {
		this.channel.force(false);
		this.state = new ExportState(what, token, this.channel.position(), entries);
		Path next = beside(this.target, ".state.next");
		Files.writeString(next, this.jsonMapper.writeValueAsString(this.state));
		Files.move(next, this.stateFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/**
	 * Put the file into its place, in one step.
	 * @throws IOException if that fails
	 */
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

}
