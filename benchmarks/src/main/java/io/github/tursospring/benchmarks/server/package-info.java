/**
 * The server that all readers read from, and its rows.
 */
@NullMarked
package io.github.tursospring.benchmarks.server;

import org.jspecify.annotations.NullMarked;
