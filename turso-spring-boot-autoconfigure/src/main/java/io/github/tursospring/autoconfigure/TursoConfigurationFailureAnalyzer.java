package io.github.tursospring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for {@link TursoConfigurationException}.
 */
class TursoConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<TursoConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, TursoConfigurationException cause) {
		return new FailureAnalysis(cause.description(), cause.action(), cause);
	}

}
