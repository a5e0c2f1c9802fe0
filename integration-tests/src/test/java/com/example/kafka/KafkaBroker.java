package com.example.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import kafka.server.BrokerServer;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * A broker that can be stopped and started again, with topics of three partitions.
 */
public final class KafkaBroker implements AutoCloseable {

	private static final int PARTITIONS = 3;

	private static final AclBinding NO_WRITES = new AclBinding(
			new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL),
			new AccessControlEntry("User:*", "*", AclOperation.WRITE, AclPermissionType.DENY));

	private final EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, PARTITIONS);

	private KafkaBroker(boolean createsTopics) {
		this.kafka.brokerProperty("authorizer.class.name", StandardAuthorizer.class.getName());
		this.kafka.brokerProperty("auto.create.topics.enable", String.valueOf(createsTopics));
		this.kafka.brokerProperty("allow.everyone.if.no.acl.found", "true");
		this.kafka.afterPropertiesSet();
	}

	public static KafkaBroker start() {
		return new KafkaBroker(true);
	}

	/** Start one where topics have to be created before they are used. */
	public static KafkaBroker startWithoutAutomaticTopics() {
		return new KafkaBroker(false);
	}

	public String address() {
		return this.kafka.getBrokersAsString();
	}

	public String createTopic() {
		String topic = "audit-log-" + UUID.randomUUID();
		createTopic(topic);
		return topic;
	}

	public void createTopic(String topic) {
		this.kafka.addTopics(topic);
	}

	/** Refuse records that are larger. */
	public void limitRecords(String topic, int bytes) {
		AlterConfigOp limit = new AlterConfigOp(
				new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(bytes)), AlterConfigOp.OpType.SET);
		this.kafka.doWithAdmin((admin) -> await(admin
			.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(limit)))
			.all()));
	}

	/** Refuse all records until they are allowed again. */
	public void denyWrites() {
		this.kafka.doWithAdmin((admin) -> await(admin.createAcls(List.of(NO_WRITES)).all()));
	}

	public void allowWrites() {
		this.kafka.doWithAdmin((admin) -> await(admin.deleteAcls(List.of(NO_WRITES.toFilter())).all()));
	}

	private static void await(KafkaFuture<?> future) {
		future.toCompletionStage().toCompletableFuture().join();
	}

	public void stop() {
		server().shutdown();
	}

	public void restart() {
		server().startup();
	}

	private BrokerServer server() {
		return this.kafka.getCluster().brokers().get(0);
	}

	/** Return what a topic has now. */
	public List<ConsumerRecord<String, String>> read(String topic) {
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
