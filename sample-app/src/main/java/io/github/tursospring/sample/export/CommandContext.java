package io.github.tursospring.sample.export;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.util.Assert;

import io.github.tursospring.sample.archive.ArchiveConfiguration;
import io.github.tursospring.sample.demo.DemoConfiguration;
import io.github.tursospring.sample.evidence.Verifier;
import io.github.tursospring.sample.search.Search;

/**
 * The application as commands need it: without a web server, without following, and with
 * nothing that the command does not use. A signal ends the process at once, since
 * whatever a command leaves behind is resumable.
 */
final class CommandContext {

	private CommandContext() {
	}

	/** Start what reads the log straight from Turso. */
	static ConfigurableApplicationContext ofTurso(boolean generated) {
		List<String> args = new ArrayList<>(List.of("--spring.flyway.enabled=false"));
		if (generated) {
			args.add("--turso.api-token=");
		}
		return run(generated ? OfGeneratedLog.class : OfTurso.class, args);
	}

	/** Start what reads an archive that is there. */
	static ConfigurableApplicationContext ofArchive(boolean withTurso) {
		return run(OfArchive.class, List.of("--console.archive.create=false", "--turso.enabled=" + withTurso,
				"--spring.main.lazy-initialization=true"));
	}

	private static ConfigurableApplicationContext run(Class<?> configuration, List<String> args) {
		SpringApplication application = new SpringApplicationBuilder(configuration).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.registerShutdownHook(false)
			.properties("logging.level.root=error", "logging.level.org.springframework.boot=off",
					"turso.audit-logs.follow.enabled=false")
			.build();
		return application.run(args.toArray(String[]::new));
	}

	@EnableAutoConfiguration(excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
	static class OfTurso {

	}

	@EnableAutoConfiguration(excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
	@ComponentScan(basePackageClasses = DemoConfiguration.class)
	static class OfGeneratedLog {

	}

	@EnableAutoConfiguration
	@ComponentScan(
			basePackageClasses = { ArchiveConfiguration.class, Search.class, Verifier.class, CommandContext.class })
	static class OfArchive {

		/** Commands read an archive as it is. */
		@Bean
		FlywayMigrationStrategy migrationStrategy() {
			return (flyway) -> Assert.state(flyway.info().pending().length == 0, "The archive was made by another"
					+ " version: start the console of this version once to bring it up to date");
		}

	}

}
