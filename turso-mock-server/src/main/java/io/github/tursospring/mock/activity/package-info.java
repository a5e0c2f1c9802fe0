/**
 * Generated audit logs of a realistic organization.
 */
@NullMarked
package io.github.tursospring.mock.activity;

import org.jspecify.annotations.NullMarked;
