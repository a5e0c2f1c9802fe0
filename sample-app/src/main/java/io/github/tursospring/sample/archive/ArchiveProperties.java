package io.github.tursospring.sample.archive;

import java.time.Period;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the archive.
 *
 * @param retention how long entries are kept, in whole days such as {@code 730d}; forever
 * if not set
 * @param create whether an archive is made where there is none
 */
@ConfigurationProperties("console.archive")
public record ArchiveProperties(@Nullable Period retention, @DefaultValue("true") boolean create) {
}
