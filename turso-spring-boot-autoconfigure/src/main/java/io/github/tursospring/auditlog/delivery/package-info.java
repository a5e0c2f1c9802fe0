/**
 * Formats in which audit logs are delivered to other systems.
 */
@NullMarked
package io.github.tursospring.auditlog.delivery;

import org.jspecify.annotations.NullMarked;
