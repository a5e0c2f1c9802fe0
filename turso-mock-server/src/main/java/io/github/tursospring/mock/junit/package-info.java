/**
 * JUnit extension for {@link io.github.tursospring.mock.MockTursoServer}.
 */
@NullMarked
package io.github.tursospring.mock.junit;

import org.jspecify.annotations.NullMarked;
