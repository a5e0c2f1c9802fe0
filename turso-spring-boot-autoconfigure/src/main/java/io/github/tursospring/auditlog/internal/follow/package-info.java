/**
 * Following a log on top of the reading engine.
 */
@NullMarked
package io.github.tursospring.auditlog.internal.follow;

import org.jspecify.annotations.NullMarked;
