/**
 * Auto-configuration for the Actuator endpoint.
 */
@NullMarked
package io.github.tursospring.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
