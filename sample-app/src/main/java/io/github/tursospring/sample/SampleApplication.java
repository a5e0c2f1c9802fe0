package io.github.tursospring.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The audit console: archives the audit log of Turso organizations, and shows, searches,
 * exports and proves what is archived.
 */
@SpringBootApplication
public class SampleApplication {

	/**
	 * Run the application.
	 * @param args command line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(SampleApplication.class, args);
	}

}
