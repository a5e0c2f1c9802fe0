package io.github.tursospring.sample.evidence;

import java.io.IOException;

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

	@Bean
	SigningKey signingKey(EvidenceProperties properties, ObjectProvider<DemoDirectory> demo) throws IOException {
		return SigningKey.of((properties.keyFile() != null) ? properties.keyFile()
				: DemoDirectory.resolve(demo.getIfAvailable(), "audit-log.key"));
	}

}
