package io.github.tursospring.sample.evidence;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the evidence.
 *
 * @param keyFile the file of the key that seals are signed with; made if it is missing
 */
@ConfigurationProperties("console.evidence")
record EvidenceProperties(@Nullable Path keyFile) {
}
