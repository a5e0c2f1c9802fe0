/**
 * Health of the connection to Turso.
 */
@NullMarked
package io.github.tursospring.health;

import org.jspecify.annotations.NullMarked;
