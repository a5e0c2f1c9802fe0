package io.github.tursospring.sample;

import java.util.Arrays;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

import io.github.tursospring.sample.export.ExportCommand;

/**
 * Shows the audit log of a Turso organization in a page and serves it over HTTP, or, with
 * {@code export} as its first argument, writes it into a file.
 */
@SpringBootApplication
public class SampleApplication {

	/**
	 * Run the application.
	 * @param args command line arguments
	 */
	public static void main(String[] args) {
		if (args.length > 0 && args[0].equals("export")) {
			System.exit(ExportCommand.execute(Arrays.copyOfRange(args, 1, args.length)));
		}
		SpringApplication.run(SampleApplication.class, args);
	}

}
