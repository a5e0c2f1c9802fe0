package io.github.tursospring.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Serves the audit log of a Turso organization over HTTP.
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
