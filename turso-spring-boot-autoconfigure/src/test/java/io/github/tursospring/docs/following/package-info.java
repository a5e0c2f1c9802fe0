/**
 * The code of the guide to following.
 */
@NullMarked
package io.github.tursospring.docs.following;

import org.jspecify.annotations.NullMarked;
