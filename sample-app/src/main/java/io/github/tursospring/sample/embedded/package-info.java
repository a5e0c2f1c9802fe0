/**
 * The embedded Turso API as what the starter connects to when no API token is configured.
 */
@NullMarked
package io.github.tursospring.sample.embedded;

import org.jspecify.annotations.NullMarked;
