/**
 * A program with two handlers, which are two followers, as its operators see it.
 */
@NullMarked
package com.example.following;

import org.jspecify.annotations.NullMarked;
