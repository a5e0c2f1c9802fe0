/**
 * The processes in which readers and server run, each apart from the others.
 */
@NullMarked
package io.github.tursospring.benchmarks.process;

import org.jspecify.annotations.NullMarked;
