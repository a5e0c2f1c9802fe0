/**
 * How the client does what it promises. Not part of the API.
 */
@NullMarked
package io.github.tursospring.auditlog.internal;

import org.jspecify.annotations.NullMarked;
