/**
 * The reading engine: windows that cover an offset, and a boundary that verifies by
 * content what a log that moves has shown of itself. Start at
 * {@link io.github.tursospring.auditlog.internal.reading.Walk}.
 */
@NullMarked
package io.github.tursospring.auditlog.internal.reading;

import org.jspecify.annotations.NullMarked;
