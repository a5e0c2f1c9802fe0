/**
 * Auto-configuration for deliveries of Turso's audit logs.
 */
@NullMarked
package io.github.tursospring.autoconfigure.delivery;

import org.jspecify.annotations.NullMarked;
