/**
 * Implementation of the client. Not part of the API.
 */
@NullMarked
package io.github.tursospring.auditlog.internal;

import org.jspecify.annotations.NullMarked;
