package io.github.tursospring.sample.evidence;

import java.io.IOException;
import java.nio.file.Path;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.tursospring.sample.demo.DemoDirectory;

/**
 * The key that seals are signed with: {@code audit-log.key} in the working directory, or
 * what {@code console.evidence.key-file} says.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EvidenceProperties.class)
class EvidenceConfiguration {

	private static final String FILE = "audit-log.key";

	@Bean
	SigningKey signingKey(EvidenceProperties properties, ObjectProvider<DemoDirectory> demo) throws IOException {
		if (properties.keyFile() != null) {
			return SigningKey.of(properties.keyFile());
		}
		DemoDirectory directory = demo.getIfAvailable();
		return SigningKey.of((directory != null) ? directory.path().resolve(FILE) : Path.of(FILE));
	}

}
