/**
 * Tests of the documents, and the code that they show.
 */
@NullMarked
package io.github.tursospring.docs;

import org.jspecify.annotations.NullMarked;
