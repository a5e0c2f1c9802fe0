/**
 * Auto-configuration for observations and metrics of reading audit logs.
 */
@NullMarked
package io.github.tursospring.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
