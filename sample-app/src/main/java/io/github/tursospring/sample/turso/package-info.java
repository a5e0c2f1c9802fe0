/**
 * Turso's audit-log API over HTTP, on a log in memory.
 */
@NullMarked
package io.github.tursospring.sample.turso;

import org.jspecify.annotations.NullMarked;
