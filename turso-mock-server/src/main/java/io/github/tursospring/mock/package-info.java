/**
 * Mock server of Turso's audit-log API, for tests and demos.
 */
@NullMarked
package io.github.tursospring.mock;

import org.jspecify.annotations.NullMarked;
