package io.github.tursospring.autoconfigure.follow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Conditional;

/**
 * Matches when there is a handler and following is not disabled.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ConditionalOnBooleanProperty(name = { "turso.enabled", "turso.audit-logs.follow.enabled" }, matchIfMissing = true)
@Conditional(OnAuditLogHandlerCondition.class)
@interface ConditionalOnAuditLogHandler {

}
