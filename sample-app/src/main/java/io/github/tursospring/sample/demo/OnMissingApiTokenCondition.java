package io.github.tursospring.sample.demo;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches when {@code turso.api-token} is absent or blank.
 */
class OnMissingApiTokenCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean present = StringUtils.hasText(context.getEnvironment().getProperty("turso.api-token"));
		ConditionMessage.Builder message = ConditionMessage.forCondition("Missing API token");
		return new ConditionOutcome(!present, present ? message.found("property").items("turso.api-token")
				: message.didNotFind("property").items("turso.api-token"));
	}

}
