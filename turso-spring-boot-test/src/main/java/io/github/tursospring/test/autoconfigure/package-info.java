/**
 * Test support for applications that use the starter.
 */
@NullMarked
package io.github.tursospring.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
