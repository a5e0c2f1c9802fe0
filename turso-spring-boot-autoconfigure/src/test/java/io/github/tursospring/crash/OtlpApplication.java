package io.github.tursospring.crash;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * Delivers a log over OTLP, by nothing but properties, in a process of its own that tests
 * kill.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
class OtlpApplication {

	public static void main(String[] args) {
		SpringApplication.run(OtlpApplication.class, args);
	}

}
