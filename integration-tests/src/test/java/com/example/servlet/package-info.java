/**
 * Somebody else's Spring MVC application.
 */
package com.example.servlet;
