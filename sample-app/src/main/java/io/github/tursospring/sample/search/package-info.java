/**
 * What can be asked of the archive, and the answers.
 */
@NullMarked
package io.github.tursospring.sample.search;

import org.jspecify.annotations.NullMarked;
