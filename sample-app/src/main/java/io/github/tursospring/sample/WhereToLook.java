package io.github.tursospring.sample;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

import io.github.tursospring.autoconfigure.TursoConnectionDetails;
import io.github.tursospring.mock.MockTursoServer;

/**
 * Says at start what is read and where to look.
 */
@Component
class WhereToLook {

	private static final Log logger = LogFactory.getLog(WhereToLook.class);

	private final TursoConnectionDetails turso;

	private final boolean embedded;

	WhereToLook(TursoConnectionDetails turso, ObjectProvider<MockTursoServer> embedded) {
		this.turso = turso;
		this.embedded = embedded.getIfAvailable() != null;
	}

	@EventListener
	void onReady(ApplicationReadyEvent event) {
		Environment environment = event.getApplicationContext().getEnvironment();
		String port = environment.getProperty("local.server.port");
		if (port != null) {
			logger.info(text("http://" + environment.getProperty("server.address", "localhost") + ":" + port));
		}
	}

	private String text(String url) {
		return """

				Reading the audit log of %1$s from %2$s.

				  Page                %3$s
				  JSON                curl '%3$s/audit-logs'
				  NDJSON              curl -H 'Accept: application/x-ndjson' '%3$s/audit-logs?code=db-delete&limit=20'
				  Server-sent events  curl -N -H 'Accept: text/event-stream' '%3$s/audit-logs?order=asc'
				  Health              curl '%3$s/actuator/health'
				""".formatted(organization(), source(), url);
	}

	private String organization() {
		String organization = this.turso.getOrganization();
		return (organization != null) ? organization : "no organization (set TURSO_ORGANIZATION)";
	}

	private String source() {
		return this.embedded
				? "the embedded Turso API at " + this.turso.getBaseUrl()
						+ ".\nTo read yours, set TURSO_API_TOKEN and TURSO_ORGANIZATION"
				: this.turso.getBaseUrl().toString();
	}

}
