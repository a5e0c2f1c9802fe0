/**
 * Measures the library beside what its users would write or pick instead.
 */
@NullMarked
package io.github.tursospring.benchmarks;

import org.jspecify.annotations.NullMarked;
