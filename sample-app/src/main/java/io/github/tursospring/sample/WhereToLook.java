package io.github.tursospring.sample;

import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.follow.AuditLogFollowers;
import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.mock.MockTursoServer;

/**
 * Says at start what is archived and where to look.
 */
@Component
class WhereToLook {

	private static final Log logger = LogFactory.getLog(WhereToLook.class);

	private final TursoConnectionDetails turso;

	private final AuditLogFollowers followers;

	private final HikariDataSource database;

	private final boolean demo;

	WhereToLook(TursoConnectionDetails turso, AuditLogFollowers followers, HikariDataSource database,
			ObjectProvider<MockTursoServer> demo) {
		this.turso = turso;
		this.followers = followers;
		this.database = database;
		this.demo = demo.getIfAvailable() != null;
	}

	@EventListener
	void onReady(ApplicationReadyEvent event) {
		Environment environment = event.getApplicationContext().getEnvironment();
		String port = environment.getProperty("local.server.port");
		if (port != null) {
			logger.info("""

					Archiving %1$s into %2$s.

					  Page      %3$s
					  Entries   curl '%3$s/api/entries'
					  Export    curl -OJ '%3$s/api/export?format=csv'
					  Health    curl '%3$s/actuator/health'
					""".formatted(source(), database(),
					"http://" + environment.getProperty("server.address", "localhost") + ":" + port));
		}
	}

	private String source() {
		List<String> organizations = this.followers.statuses()
			.stream()
			.map((status) -> status.key().organization())
			.distinct()
			.toList();
		return this.demo ? "a generated audit log (to archive yours, set TURSO_API_TOKEN and TURSO_ORGANIZATION)"
				: "the audit log of " + String.join(", ", organizations) + " from " + this.turso.getBaseUrl();
	}

	/** Parameters of the URL may hold a password. */
	private String database() {
		return this.database.getJdbcUrl().replaceFirst("[?;].*", "");
	}

}
