/**
 * Auto-configuration for following Turso's audit logs.
 */
@NullMarked
package io.github.tursospring.autoconfigure.follow;

import org.jspecify.annotations.NullMarked;
