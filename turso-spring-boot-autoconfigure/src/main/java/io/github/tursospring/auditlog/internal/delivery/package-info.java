/**
 * Implementation of deliveries.
 */
@NullMarked
package io.github.tursospring.auditlog.internal.delivery;

import org.jspecify.annotations.NullMarked;
