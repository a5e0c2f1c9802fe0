package io.github.tursospring.autoconfigure.follow;

import java.time.Duration;

import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;
import io.github.tursospring.auditlog.internal.follow.PageDelivery;

/**
 * Creates deliveries in transactions, where there is a database.
 */
@FunctionalInterface
interface TransactionalDeliveries {

	/**
	 * Create a delivery.
	 * @param handler the handler
	 * @param timeout the longest time that a transaction may take
	 * @return the delivery
	 */
	PageDelivery create(TransactionalAuditLogHandler handler, Duration timeout);

}
