/**
 * The reading engine: pure values and functions that decide which page to request next,
 * and which rows of a page to emit. No Reactor, HTTP, logging or clock.
 */
@NullMarked
package io.github.tursospring.auditlog.internal.engine;

import org.jspecify.annotations.NullMarked;
