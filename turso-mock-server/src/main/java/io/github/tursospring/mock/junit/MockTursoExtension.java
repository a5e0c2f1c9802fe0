package io.github.tursospring.mock.junit;

import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import io.github.tursospring.mock.MockTursoServer;

/**
 * JUnit extension that runs a {@link MockTursoServer} for a test class and
 * {@linkplain MockTursoServer#reset() resets} it after each test. Test methods and
 * constructors get the server as a parameter.
 * <p>
 * Without configuration, use {@code @ExtendWith(MockTursoExtension.class)}. With
 * configuration, use a static field with {@code @RegisterExtension}; in an instance
 * field, the extension runs a server for each test.
 *
 * @since 0.1.0
 */
public final class MockTursoExtension
		implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

	private static final Namespace NAMESPACE = Namespace.create(MockTursoExtension.class);

	private final UnaryOperator<MockTursoServer.Builder> configuration;

	private volatile @Nullable MockTursoServer server;

	/**
	 * Create an extension whose server has the organization {@code acme} with an empty
	 * log.
	 */
	public MockTursoExtension() {
		this(UnaryOperator.identity());
	}

	/**
	 * Create an extension.
	 * @param configuration the configuration of the server
	 */
	public MockTursoExtension(UnaryOperator<MockTursoServer.Builder> configuration) {
		this.configuration = configuration;
	}

	/**
	 * Return the running server.
	 * @return the server
	 * @throws IllegalStateException if no test of the class runs
	 */
	public MockTursoServer server() {
		MockTursoServer running = this.server;
		if (running == null) {
			throw new IllegalStateException("The server runs with the tests of a class only");
		}
		return running;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		this.server = server(context);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.server = server(context);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		server(context).reset();
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == MockTursoServer.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return server(context);
	}

	private MockTursoServer server(ExtensionContext context) {
		return context.getStore(NAMESPACE)
			.computeIfAbsent(this, (key) -> this.configuration.apply(MockTursoServer.builder()).start(),
					MockTursoServer.class);
	}

}
