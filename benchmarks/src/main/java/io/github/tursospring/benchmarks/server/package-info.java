/**
 * The server that everything is measured against.
 */
@NullMarked
package io.github.tursospring.benchmarks.server;

import org.jspecify.annotations.NullMarked;
