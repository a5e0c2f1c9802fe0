/**
 * An application that delivers audit logs to Kafka.
 */
package com.example.kafka;
