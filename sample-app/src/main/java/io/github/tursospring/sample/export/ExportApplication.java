package io.github.tursospring.sample.export;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;

import io.github.tursospring.sample.embedded.EmbeddedTursoConfiguration;

/**
 * The application without its web part: the client alone. It has to be asked for the
 * made-up log, so that nobody keeps it for their own.
 */
@EnableAutoConfiguration
class ExportApplication {

	static ConfigurableApplicationContext run(boolean sample) {
		return new SpringApplicationBuilder(sample ? OfSample.class : ExportApplication.class)
			.web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.properties("logging.level.root=warn")
			.run(sample ? new String[] { "--turso.api-token=" } : new String[0]);
	}

	/**
	 * With the embedded Turso API, whatever token is set.
	 */
	@EnableAutoConfiguration
	@ComponentScan(basePackageClasses = EmbeddedTursoConfiguration.class)
	static class OfSample {

	}

}
