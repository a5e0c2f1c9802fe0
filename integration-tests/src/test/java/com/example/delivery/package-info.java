/**
 * The application of the guide to deliveries.
 */
package com.example.delivery;
