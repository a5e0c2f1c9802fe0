package io.github.tursospring.sample.evidence;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the evidence.
 *
 * @param keyFile the file of the key that seals are signed with; made if it is missing
 * @param sealing whether this instance seals the days that are over
 */
@ConfigurationProperties("console.evidence")
record EvidenceProperties(@Nullable Path keyFile, @DefaultValue("true") boolean sealing) {
}
