/**
 * The hash chain's seals, and their verification.
 */
@NullMarked
package io.github.tursospring.sample.evidence;

import org.jspecify.annotations.NullMarked;
