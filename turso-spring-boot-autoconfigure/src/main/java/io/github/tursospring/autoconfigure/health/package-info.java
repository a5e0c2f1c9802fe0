/**
 * Auto-configuration for the health of the connection to Turso.
 */
@NullMarked
package io.github.tursospring.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
