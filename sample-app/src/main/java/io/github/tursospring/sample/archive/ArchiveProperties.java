package io.github.tursospring.sample.archive;

import java.time.Period;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the archive.
 *
 * @param retention how long entries are kept, in whole days such as {@code 730d}; forever
 * if not set
 */
@ConfigurationProperties("console.archive")
record ArchiveProperties(@Nullable Period retention) {
}
