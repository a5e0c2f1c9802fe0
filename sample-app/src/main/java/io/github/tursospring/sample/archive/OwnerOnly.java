package io.github.tursospring.sample.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes files that only their owner can read, where the file system knows owners.
 */
public final class OwnerOnly {

	private static final Set<PosixFilePermission> PERMISSIONS = PosixFilePermissions.fromString("rw-------");

	private OwnerOnly() {
	}

	/** Make a file, and fail if there is one, or a link. */
	public static FileChannel create(Path file) throws IOException {
		FileAttribute<?>[] attributes = isPosix(file)
				? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(PERMISSIONS) }
				: new FileAttribute<?>[0];
		return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
	}

	/** Open a file for writing; it is made if it is missing. A link is not followed. */
	public static FileChannel open(Path file) throws IOException {
		try {
			return create(file);
		}
		catch (FileAlreadyExistsException ex) {
			FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
			restrict(file);
			return channel;
		}
	}

	private static void restrict(Path file) throws IOException {
		if (isPosix(file)) {
			Files.setPosixFilePermissions(file, PERMISSIONS);
		}
	}

	private static boolean isPosix(Path file) {
		return file.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

}
