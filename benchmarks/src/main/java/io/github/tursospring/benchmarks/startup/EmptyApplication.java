package io.github.tursospring.benchmarks.startup;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import io.github.tursospring.benchmarks.process.ChildJvm;

/**
 * An empty WebFlux application. It says when it is ready, and how many beans it has.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class EmptyApplication {

	/**
	 * Run the application.
	 * @param args further arguments
	 */
	public static void main(String[] args) {
		int beans = SpringApplication.run(EmptyApplication.class, args).getBeanDefinitionCount();
		System.out.println(ChildJvm.ANSWER + beans);
	}

}
