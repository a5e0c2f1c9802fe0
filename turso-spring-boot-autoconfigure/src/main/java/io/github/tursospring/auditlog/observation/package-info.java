/**
 * Observations and metrics of reading audit logs, with Micrometer.
 */
@NullMarked
package io.github.tursospring.auditlog.observation;

import org.jspecify.annotations.NullMarked;
