package io.github.tursospring.sample.export;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;

import io.github.tursospring.sample.embedded.EmbeddedTursoConnectionDetails;

/**
 * The application without its web part: the client, and the embedded Turso API where no
 * token is configured.
 */
@EnableAutoConfiguration
@ComponentScan(basePackageClasses = EmbeddedTursoConnectionDetails.class)
class ExportApplication {

	static ConfigurableApplicationContext run() {
		return new SpringApplicationBuilder(ExportApplication.class).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.properties("logging.level.root=warn")
			.run();
	}

}
