/**
 * Connection details from containers, for tests.
 */
@NullMarked
package io.github.tursospring.testcontainers;

import org.jspecify.annotations.NullMarked;
