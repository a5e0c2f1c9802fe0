package io.github.tursospring.autoconfigure.delivery;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.MethodMetadata;

import io.github.tursospring.autoconfigure.TursoConfigurationException;

/**
 * Matches a bean method whose name no bean has, and fails otherwise: one of the two would
 * silently replace the other, so that nothing is delivered, or not to the application.
 */
class FreeNameCondition implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		String name = (metadata instanceof MethodMetadata method) ? method.getMethodName() : "";
		if (beans != null && beans.containsBeanDefinition(name)) {
			throw new TursoConfigurationException(
					"The bean '" + name + "' has the name of the follower that 'turso.audit-logs.delivery." + name
							+ "' configures.",
					"Rename the bean, or remove the properties 'turso.audit-logs.delivery." + name + ".*'.");
		}
		return true;
	}

}
