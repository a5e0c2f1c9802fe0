package io.github.tursospring.test.autoconfigure;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Application whose component {@link Messages} reads the audit log.
 */
@SpringBootApplication
class ExampleApplication {

}
