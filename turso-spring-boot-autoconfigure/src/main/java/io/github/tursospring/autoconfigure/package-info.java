/**
 * Auto-configuration for reading Turso's audit logs.
 */
@NullMarked
package io.github.tursospring.autoconfigure;

import org.jspecify.annotations.NullMarked;
