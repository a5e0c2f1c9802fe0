/**
 * Observations and meters of reading audit logs.
 */
@NullMarked
package io.github.tursospring.auditlog.internal.observation;

import org.jspecify.annotations.NullMarked;
