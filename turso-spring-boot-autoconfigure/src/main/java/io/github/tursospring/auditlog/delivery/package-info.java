/**
 * What is delivered of Turso's audit logs to other systems.
 */
@NullMarked
package io.github.tursospring.auditlog.delivery;

import org.jspecify.annotations.NullMarked;
