/**
 * What a reading costs: time, CPU and memory.
 */
@NullMarked
package io.github.tursospring.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
