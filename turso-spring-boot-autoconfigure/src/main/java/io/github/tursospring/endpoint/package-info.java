/**
 * Actuator endpoint for followers of audit logs.
 */
@NullMarked
package io.github.tursospring.endpoint;

import org.jspecify.annotations.NullMarked;
