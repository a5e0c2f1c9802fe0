/**
 * Connection details from containers, for tests.
 */
@NullMarked
package io.github.tursospring.test.testcontainers;

import org.jspecify.annotations.NullMarked;
