/**
 * The archive: every entry of the audit log in a database, written by a follower.
 */
@NullMarked
package io.github.tursospring.sample.archive;

import org.jspecify.annotations.NullMarked;
