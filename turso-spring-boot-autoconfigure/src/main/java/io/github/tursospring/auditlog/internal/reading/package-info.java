/**
 * Reading one organization's log for one query: requests pages, and hands over what the
 * reading engine emits. Starts with
 * {@link io.github.tursospring.auditlog.internal.reading.LogReader}.
 */
@NullMarked
package io.github.tursospring.auditlog.internal.reading;

import org.jspecify.annotations.NullMarked;
