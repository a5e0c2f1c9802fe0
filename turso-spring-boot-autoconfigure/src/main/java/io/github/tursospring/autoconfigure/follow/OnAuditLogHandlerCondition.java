package io.github.tursospring.autoconfigure.follow;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;

import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;

/**
 * Matches when there is a handler for followers to deliver to.
 */
class OnAuditLogHandlerCondition extends AnyNestedCondition {

	OnAuditLogHandlerCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnBean(AuditLogHandler.class)
	static class OnReactiveHandler {

	}

	@ConditionalOnBean(TransactionalAuditLogHandler.class)
	static class OnTransactionalHandler {

	}

}
