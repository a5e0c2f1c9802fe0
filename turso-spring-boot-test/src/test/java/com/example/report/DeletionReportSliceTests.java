package com.example.report;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webclient.test.autoconfigure.WebClientTest;

import io.github.tursospring.mock.MockTursoServer;
import io.github.tursospring.test.autoconfigure.AutoConfigureMockTurso;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide's example of a slice test.
 */
@WebClientTest(DeletionReport.class)
@AutoConfigureMockTurso
class DeletionReportSliceTests {

	@Test
	void lastShouldReadNewestFirst(@Autowired DeletionReport report, @Autowired MockTursoServer turso) {
		turso.log().addNumbered(100);
		assertThat(report.last(2)).containsExactly("iku: 100", "iku: 90");
	}

}
