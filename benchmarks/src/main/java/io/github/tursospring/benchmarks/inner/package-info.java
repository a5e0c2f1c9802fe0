/**
 * Inner parts of the library under JMH.
 */
@NullMarked
package io.github.tursospring.benchmarks.inner;

import org.jspecify.annotations.NullMarked;
