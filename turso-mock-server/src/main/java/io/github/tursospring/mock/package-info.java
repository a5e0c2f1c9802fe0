/**
 * Stand-in for Turso's audit-log API: an HTTP server for tests and demos.
 */
@NullMarked
package io.github.tursospring.mock;

import org.jspecify.annotations.NullMarked;
