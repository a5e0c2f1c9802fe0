package io.github.tursospring.sample.archive;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;

import io.github.tursospring.sample.demo.DemoDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ArchiveConfiguration}.
 */
class ArchiveConfigurationTests {

	@Test
	void dataSourcesOfPostgresqlShouldNotWaitForEverForAServerThatIsGone() throws Exception {
		DataSourceProperties properties = new DataSourceProperties();
		properties.setUrl("jdbc:postgresql://localhost/archive");
		var demo = new StaticListableBeanFactory().getBeanProvider(DemoDirectory.class);
		ArchiveConfiguration configuration = new ArchiveConfiguration();
		try (HikariDataSource writing = configuration.dataSource(properties, new ArchiveProperties(null, false), demo);
				HikariDataSource reading = configuration.readingDataSource(properties, demo)) {
			assertThat(writing.getDataSourceProperties()).containsEntry("socketTimeout", "300");
			assertThat(reading.getDataSourceProperties()).containsEntry("socketTimeout", "300");
		}
	}

}
