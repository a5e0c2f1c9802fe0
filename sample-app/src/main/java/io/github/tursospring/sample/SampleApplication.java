package io.github.tursospring.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

import io.github.tursospring.sample.export.ConsoleCommand;

/**
 * The audit console: archives the audit log of Turso organizations, and shows, searches,
 * exports and proves what is archived.
 */
@SpringBootApplication
@EnableScheduling
public class SampleApplication {

	/** Run the application. */
	public static void main(String[] args) {
		if (!ConsoleCommand.isStart(args)) {
			System.exit(ConsoleCommand.execute(args));
		}
		SpringApplication.run(SampleApplication.class, args);
	}

}
