package io.github.tursospring.sample.demo;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the demo.
 *
 * @param entries number of entries that the log starts with
 * @param interval time between new entries
 */
@ConfigurationProperties("console.demo")
record DemoProperties(@DefaultValue("5200") int entries, @DefaultValue("3s") Duration interval) {
}
