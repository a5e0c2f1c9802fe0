/**
 * What tests share.
 */
package io.github.tursospring.test;
