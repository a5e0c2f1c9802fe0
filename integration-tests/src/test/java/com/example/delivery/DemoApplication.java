package com.example.delivery;

import java.time.Duration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.mock.activity.OrganizationActivity;

/**
 * The application of {@code docs/guide/delivery.md}.
 */
@SpringBootApplication
public class DemoApplication {

	public static void main(String[] args) {
		SpringApplication.run(DemoApplication.class, args);
	}

	@Bean
	MockTursoServer turso() {
		return MockTursoServer.builder()
			.organization("acme", (log) -> log.add(OrganizationActivity.of(1).history(1000, Duration.ofDays(90))))
			.start();
	}

	@Bean
	TursoConnectionDetails tursoConnection(MockTursoServer turso) {
		return TursoConnectionDetails.of(turso.baseUrl(), turso.token(), turso.organization());
	}

}
