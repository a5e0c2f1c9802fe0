package io.github.tursospring.test.autoconfigure;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

import io.github.tursospring.mock.MockTursoServer;

/**
 * {@link TestExecutionListener} that resets the {@link MockTursoServer} of a test class
 * annotated with {@link AutoConfigureMockTurso @AutoConfigureMockTurso} after each test
 * method.
 */
class MockTursoTestExecutionListener implements TestExecutionListener {

	@Override
	public void afterTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()
				&& TestContextAnnotationUtils.hasAnnotation(testContext.getTestClass(), AutoConfigureMockTurso.class)) {
			testContext.getApplicationContext()
				.getBeanProvider(MockTursoServer.class)
				.ifAvailable(MockTursoServer::reset);
		}
	}

}
