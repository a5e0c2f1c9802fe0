package io.github.tursospring.autoconfigure.follow;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;

import io.github.tursospring.auditlog.follow.AuditLogHandler;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;

/**
 * Matches when there is something that handles what a follower delivers.
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
