/**
 * Client, value types and errors for reading the audit log of a Turso organization.
 */
@NullMarked
package io.github.tursospring.auditlog;

import org.jspecify.annotations.NullMarked;
