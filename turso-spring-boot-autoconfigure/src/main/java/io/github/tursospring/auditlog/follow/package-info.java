/**
 * Following an audit log: handlers of what arrives, and the positions they have reached.
 */
@NullMarked
package io.github.tursospring.auditlog.follow;

import org.jspecify.annotations.NullMarked;
