package com.example.kafka;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

import io.github.tursospring.auditlog.follow.AuditLogCheckpointStore;
import io.github.tursospring.auditlog.follow.CheckpointKey;
import io.github.tursospring.auditlog.follow.FileAuditLogCheckpointStore;

/**
 * Delivers audit logs by nothing but properties. Its store of positions stops after a
 * number of saves, if there is one, and says so: then the application can be killed
 * between sending and saving.
 */
@SpringBootApplication
class DeliveringApplication {

	static final String STOPPED = "stopped between sending and saving";

	public static void main(String[] args) {
		SpringApplication.run(DeliveringApplication.class, args);
	}

	@Bean
	AuditLogCheckpointStore checkpointStore(@Value("${positions}") Path directory,
			@Value("${stop-after:2147483647}") int stopAfter) {
		return new StoppingStore(new FileAuditLogCheckpointStore(directory), stopAfter);
	}

	/**
	 * Stops after a number of saves.
	 */
	private static final class StoppingStore implements AuditLogCheckpointStore {

		private final AuditLogCheckpointStore store;

		private final AtomicInteger left;

		StoppingStore(AuditLogCheckpointStore store, int stopAfter) {
			this.store = store;
			this.left = new AtomicInteger(stopAfter);
		}

		@Override
		public Mono<String> load(CheckpointKey key) {
			return this.store.load(key);
		}

		@Override
		public Mono<Boolean> save(CheckpointKey key, String previous, String position) {
			if (this.left.getAndDecrement() > 0) {
				return this.store.save(key, previous, position);
			}
			System.out.println(STOPPED);
			return Mono.never();
		}

	}

}
