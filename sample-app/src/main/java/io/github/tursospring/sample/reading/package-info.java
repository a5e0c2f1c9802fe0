/**
 * What can be asked of the log, and what can be counted in it.
 */
@NullMarked
package io.github.tursospring.sample.reading;

import org.jspecify.annotations.NullMarked;
