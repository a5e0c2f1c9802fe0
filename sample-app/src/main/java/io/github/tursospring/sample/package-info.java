/**
 * A sample application on the Turso starter: serves an organization's audit log, its own
 * or that of a made-up one.
 */
@NullMarked
package io.github.tursospring.sample;

import org.jspecify.annotations.NullMarked;
