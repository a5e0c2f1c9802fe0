/**
 * The log as a file: its formats, and the command that writes one.
 */
@NullMarked
package io.github.tursospring.sample.export;

import org.jspecify.annotations.NullMarked;
