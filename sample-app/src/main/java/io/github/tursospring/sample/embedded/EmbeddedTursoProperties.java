package io.github.tursospring.sample.embedded;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the embedded Turso API.
 *
 * @param entries number of entries that the log starts with
 * @param interval time between new entries
 */
@ConfigurationProperties("sample.embedded-turso")
record EmbeddedTursoProperties(@DefaultValue("5200") int entries, @DefaultValue("3s") Duration interval) {
}
