/**
 * What the application runs on where no API token is configured.
 */
@NullMarked
package io.github.tursospring.sample.demo;

import org.jspecify.annotations.NullMarked;
