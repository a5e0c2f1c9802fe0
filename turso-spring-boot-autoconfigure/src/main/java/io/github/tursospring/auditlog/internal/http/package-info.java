/**
 * One page of the audit log: its request, its retries, its errors, its decoding.
 */
@NullMarked
package io.github.tursospring.auditlog.internal.http;

import org.jspecify.annotations.NullMarked;
