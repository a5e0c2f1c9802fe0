/**
 * Readers that are compared: the library, its peers, and the limits.
 */
@NullMarked
package io.github.tursospring.benchmarks.reader;

import org.jspecify.annotations.NullMarked;
