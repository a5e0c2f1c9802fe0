package io.github.tursospring.auditlog.internal.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.ProducerListener;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.delivery.OcsfEvents;
import io.github.tursospring.auditlog.follow.AuditLogHandler;

/**
 * Delivers pages as records of a Kafka topic, keyed by organization, so that a partition
 * has the entries of an organization in order. A page has been handled when all of its
 * records are acknowledged by all in-sync replicas.
 */
public final class KafkaDelivery implements AuditLogHandler, AutoCloseable {

	/** Header of a record with the entry's id. */
	static final String ID_HEADER = "turso-audit-log-id";

	/** Header of a record with the entry's code. */
	static final String CODE_HEADER = "turso-audit-log-code";

	/**
	 * Settings of the application must not lose or reorder records. The producer retries
	 * a record without a limit, since later records would overtake it; the limit is the
	 * follower's timeout for handlers.
	 */
	private static final Map<String, Object> PRODUCER = Map.of(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
			StringSerializer.class, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class,
			ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
			ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5, ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE,
			ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE, ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
			false);

	/**
	 * No wait for records in flight: a page that was not acknowledged is sent again.
	 */
	private static final int CLOSE_SECONDS = 1;

	private static final int DEFAULT_MAX_REQUEST_SIZE = 1024 * 1024;

	private static final int MAX_BYTES_PER_CHAR = 3;

	/** Brokers are expected to accept records of 16 KiB, with their headers. */
	private static final int LARGE_LENGTH = 4096;

	private final KafkaTemplate<String, String> template;

	private final String topic;

	private final boolean ocsf;

	private final int maxRequestSize;

	/** Last attempts, by organization, until they succeed. */
	private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

	private final JsonMapper jsonMapper = JsonMapper.builder().build();

	/**
	 * Create a new delivery.
	 * @param producerFactory the application's producer factory
	 * @param topic the topic
	 * @param ocsf whether a record's value is an event of OCSF, rather than Turso's entry
	 */
	@SuppressWarnings("unchecked")
	public KafkaDelivery(ProducerFactory<?, ?> producerFactory, String topic, boolean ocsf) {
		this.template = new KafkaTemplate<>((ProducerFactory<String, String>) producerFactory, PRODUCER);
		this.template.setAllowNonTransactional(true);
		this.template.setProducerListener(new ProducerListener<>() {
			// Spring's default logs each record that fails, with its content
		});
		if (this.template.getProducerFactory() instanceof DefaultKafkaProducerFactory<String, String> own) {
			adapt(own);
		}
		this.topic = topic;
		this.ocsf = ocsf;
		Object maxRequestSize = this.template.getProducerFactory()
			.getConfigurationProperties()
			.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DEFAULT_MAX_REQUEST_SIZE);
		this.maxRequestSize = Integer.parseInt(maxRequestSize.toString().strip());
	}

	/**
	 * A copy of the application's factory has its serializers, where they are objects,
	 * and creates a producer for each thread, where it does. Each page has a thread of
	 * its own.
	 */
	private static void adapt(DefaultKafkaProducerFactory<String, String> factory) {
		factory.setPhysicalCloseTimeout(CLOSE_SECONDS);
		factory.setKeySerializer(new StringSerializer());
		factory.setValueSerializer(new StringSerializer());
		factory.setProducerPerThread(false);
		factory.removeConfig(ProducerConfig.PARTITIONER_CLASS_CONFIG);
	}

	/** A page that took too long, with records unresolved, blocks the next attempt. */
	@Override
	public Mono<Void> handle(String organization, AuditLogPage page) {
		return Mono.fromCallable(() -> send(organization, page))
			.doOnError(this::resetAfterRefusedLogin)
			.flatMap((sent) -> Mono.fromFuture(sent, true))
			.onErrorMap(this::describe);
	}

	/** A producer whose first login is refused never gets its id, and sends nothing. */
	private void resetAfterRefusedLogin(Throwable failure) {
		if (NestedExceptionUtils.getMostSpecificCause(failure) instanceof AuthenticationException) {
			this.template.getProducerFactory().reset();
		}
	}

	/**
	 * The first record that cannot be sent ends the page, so that none overtakes it. A
	 * record that is too large is found before any is sent. A record that the broker may
	 * refuse, since it is large or was refused before, is sent alone.
	 */
	@SuppressWarnings("ReferenceEquality")
	private CompletableFuture<Void> send(String organization, AuditLogPage page) throws InterruptedException {
		List<ProducerRecord<String, String>> records = new ArrayList<>(page.auditLogs().size());
		for (AuditLog entry : page.auditLogs()) {
			records.add(record(organization, entry));
		}
		Attempt last = this.attempts.getOrDefault(organization, new Attempt(null, List.of()));
		areAcknowledged(last.sent());
		boolean retry = last.page() == page;
		List<CompletableFuture<?>> sent = new ArrayList<>(records.size());
		if (retry) {
			last.sent().stream().takeWhile((message) -> !message.isCompletedExceptionally()).forEach(sent::add);
		}
		Attempt attempt = new Attempt(page, sent);
		this.attempts.put(organization, attempt);
		boolean alone = retry;
		for (ProducerRecord<String, String> message : records.subList(sent.size(), records.size())) {
			alone = alone || message.value().length() > LARGE_LENGTH;
			if (alone && !areAcknowledged(sent)) {
				break;
			}
			sent.add(this.template.send(message));
			if (alone && !areAcknowledged(sent)) {
				break;
			}
			alone = false;
		}
		return all(sent).thenRun(() -> this.attempts.remove(organization, attempt));
	}

	/** Wait until all records are resolved. */
	private static boolean areAcknowledged(List<CompletableFuture<?>> sent) throws InterruptedException {
		try {
			all(sent).get();
			return true;
		}
		catch (ExecutionException ex) {
			return false;
		}
	}

	private static CompletableFuture<Void> all(List<CompletableFuture<?>> sent) {
		return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
	}

	/**
	 * Kafka's message has the value that is wrong, such as an address with a password.
	 */
	private Throwable describe(Throwable failure) {
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		if (cause instanceof ConfigException) {
			return new DeliveryException("Failed to construct kafka producer: "
					+ String.valueOf(cause.getMessage()).replaceAll("\\S+@", "[hidden]@"), null);
		}
		return (failure instanceof DeliveryException) ? failure
				: new DeliveryException("Records could not be sent to topic '" + this.topic + "'", failure);
	}

	private ProducerRecord<String, String> record(String organization, AuditLog entry) {
		Object content = this.ocsf ? OcsfEvents.from(entry, organization) : entry;
		String value = this.jsonMapper.writeValueAsString(content);
		checkSize(entry, value);
		ProducerRecord<String, String> message = new ProducerRecord<>(this.topic, organization, value);
		message.headers().add(ID_HEADER, entry.id().getBytes(StandardCharsets.UTF_8));
		if (entry.code() != null) {
			message.headers().add(CODE_HEADER, entry.code().value().getBytes(StandardCharsets.UTF_8));
		}
		return message;
	}

	private void checkSize(AuditLog entry, String value) {
		if (value.length() <= this.maxRequestSize / MAX_BYTES_PER_CHAR) {
			return;
		}
		int size = value.getBytes(StandardCharsets.UTF_8).length;
		if (size > this.maxRequestSize) {
			throw new DeliveryException("The entry '" + entry.id() + "' of " + entry.createdAt() + " makes a record of "
					+ size + " bytes, but 'max.request.size' is " + this.maxRequestSize
					+ ". Raise 'spring.kafka.producer.properties.max.request.size', and 'max.message.bytes' of topic '"
					+ this.topic + "'", null);
		}
	}

	@Override
	public void close() {
		this.template.destroy();
	}

	/**
	 * Attempt to send a page.
	 *
	 * @param page the page: the same one is given again where it is retried, but not
	 * where it is read again, for example for a replay
	 * @param sent results of the records that were given to the producer
	 */
	private record Attempt(@Nullable AuditLogPage page, List<CompletableFuture<?>> sent) {
	}

}
