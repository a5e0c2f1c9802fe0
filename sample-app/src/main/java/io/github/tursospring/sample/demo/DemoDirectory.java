package io.github.tursospring.sample.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * A directory for what a demo stores, removed with all of it at the end.
 */
public record DemoDirectory(Path path) implements AutoCloseable {

	static DemoDirectory create() throws IOException {
		return new DemoDirectory(Files.createTempDirectory("turso-audit-log"));
	}

	/** Return a file of the demo, or of the working directory where there is no demo. */
	public static Path resolve(@Nullable DemoDirectory demo, String file) {
		return (demo != null) ? demo.path().resolve(file) : Path.of(file);
	}

	@Override
	public void close() throws IOException {
		FileSystemUtils.deleteRecursively(this.path);
	}

}
