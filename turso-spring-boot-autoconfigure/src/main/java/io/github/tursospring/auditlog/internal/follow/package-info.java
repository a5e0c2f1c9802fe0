/**
 * Implementation of following: managed followers, their state, and how they share work
 * between instances.
 */
@NullMarked
package io.github.tursospring.auditlog.internal.follow;

import org.jspecify.annotations.NullMarked;
