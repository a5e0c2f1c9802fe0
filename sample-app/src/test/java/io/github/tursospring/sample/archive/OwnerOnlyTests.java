package io.github.tursospring.sample.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link OwnerOnly}.
 */
@EnabledOnOs(OS.LINUX)
class OwnerOnlyTests {

	@TempDir
	private Path directory;

	@Test
	void openWhenThereIsALinkShouldFailAndLeaveItsTarget() throws IOException {
		Path target = Files.createFile(this.directory.resolve("target"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), target);
		assertThatIOException().isThrownBy(() -> OwnerOnly.open(link));
		assertThatIOException().isThrownBy(() -> OwnerOnly.create(link));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target))).isEqualTo("rw-r--r--");
	}

	@Test
	void openWhenFileIsMissingShouldMakeItForItsOwnerOnly() throws IOException {
		Path file = this.directory.resolve("file");
		try (FileChannel channel = OwnerOnly.open(file)) {
			assertThat(channel.size()).isZero();
		}
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
	}

}
