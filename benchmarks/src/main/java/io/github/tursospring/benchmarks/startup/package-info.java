/**
 * What the starter adds to the start-up of an application.
 */
@NullMarked
package io.github.tursospring.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
