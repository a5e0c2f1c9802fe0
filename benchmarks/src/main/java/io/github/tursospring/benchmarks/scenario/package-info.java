/**
 * What is measured, a scenario each.
 */
@NullMarked
package io.github.tursospring.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
