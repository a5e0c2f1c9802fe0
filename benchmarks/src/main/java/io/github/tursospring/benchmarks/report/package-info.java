/**
 * Tables of what was measured.
 */
@NullMarked
package io.github.tursospring.benchmarks.report;

import org.jspecify.annotations.NullMarked;
