package com.example.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import kafka.server.BrokerServer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * A broker that can be stopped and started again, with topics of three partitions.
 */
final class KafkaBroker implements AutoCloseable {

	private static final int PARTITIONS = 3;

	private final EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, PARTITIONS);

	private KafkaBroker() {
		this.kafka.afterPropertiesSet();
	}

	static KafkaBroker start() {
		return new KafkaBroker();
	}

	String address() {
		return this.kafka.getBrokersAsString();
	}

	String createTopic() {
		String topic = "audit-log-" + UUID.randomUUID();
		this.kafka.addTopics(topic);
		return topic;
	}

	void stop() {
		server().shutdown();
	}

	void restart() {
		server().startup();
	}

	private BrokerServer server() {
		return this.kafka.getCluster().brokers().get(0);
	}

	/** Return what a topic has now. */
	List<ConsumerRecord<String, String>> read(String topic) {
		Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, address(),
				ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class,
				ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
		List<ConsumerRecord<String, String>> read = new ArrayList<>();
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
			List<TopicPartition> partitions = consumer.partitionsFor(topic)
				.stream()
				.map((partition) -> new TopicPartition(topic, partition.partition()))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
			while (read.size() < end) {
				consumer.poll(Duration.ofSeconds(1)).forEach(read::add);
			}
		}
		return read;
	}

	@Override
	public void close() {
		this.kafka.destroy();
	}

}
