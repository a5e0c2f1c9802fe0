package io.github.tursospring.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

import io.github.tursospring.mock.MockTursoServer;

/**
 * Annotation for a test class that points the starter at a {@link MockTursoServer}. The
 * server is a bean: it is injected into the test, starts and ends with the application
 * context, and is {@linkplain MockTursoServer#reset() reset} after each test method. Test
 * classes that share a cached context share the server.
 * <p>
 * The server has the organization {@code acme} with an empty log. To configure it, define
 * a bean of type {@link MockTursoServer}. The properties {@code turso.api-token},
 * {@code turso.organization} and {@code turso.base-url} are not used.
 *
 * @since 0.1.0
 * @see MockTursoAutoConfiguration
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureMockTurso {

}
