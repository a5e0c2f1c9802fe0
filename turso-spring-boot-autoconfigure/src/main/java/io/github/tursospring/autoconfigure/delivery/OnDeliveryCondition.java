package io.github.tursospring.autoconfigure.delivery;

import java.util.Map;
import java.util.Objects;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches when the property of a {@link ConditionalOnDelivery} is not empty.
 */
class OnDeliveryCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Map<String, Object> attributes = Objects
			.requireNonNull(metadata.getAnnotationAttributes(ConditionalOnDelivery.class.getName()));
		String key = String.valueOf(attributes.get("value"));
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnDelivery.class);
		return StringUtils.hasText(context.getEnvironment().getProperty(key))
				? ConditionOutcome.match(message.foundExactly(key))
				: ConditionOutcome.noMatch(message.didNotFind("property").items(key));
	}

}
