/**
 * The organization "acme": made-up people who do plausible things with their databases,
 * so that the sample has a log worth looking at.
 */
@NullMarked
package io.github.tursospring.sample.acme;

import org.jspecify.annotations.NullMarked;
