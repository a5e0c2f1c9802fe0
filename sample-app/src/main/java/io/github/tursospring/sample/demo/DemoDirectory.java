package io.github.tursospring.sample.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.util.FileSystemUtils;

/**
 * A directory for what a demo stores, removed with all of it at the end.
 *
 * @param path the directory
 */
public record DemoDirectory(Path path) implements AutoCloseable {

	static DemoDirectory create() throws IOException {
		return new DemoDirectory(Files.createTempDirectory("turso-audit-log"));
	}

	@Override
	public void close() throws IOException {
		FileSystemUtils.deleteRecursively(this.path);
	}

}
