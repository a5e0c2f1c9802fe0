/**
 * The audit log over HTTP.
 */
@NullMarked
package io.github.tursospring.sample.web;

import org.jspecify.annotations.NullMarked;
