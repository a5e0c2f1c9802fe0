package io.github.tursospring.autoconfigure.delivery;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Conditional;

/**
 * Matches when following is not disabled, and the property with the target of a delivery
 * is not empty.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ConditionalOnBooleanProperty(name = { "turso.enabled", "turso.audit-logs.follow.enabled" }, matchIfMissing = true)
@Conditional(OnDeliveryCondition.class)
@interface ConditionalOnDelivery {

	/**
	 * The key of the property.
	 * @return the key
	 */
	String value();

}
