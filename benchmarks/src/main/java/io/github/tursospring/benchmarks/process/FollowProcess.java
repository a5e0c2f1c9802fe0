package io.github.tursospring.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

import io.github.tursospring.auditlog.AuditLogClient;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.internal.follow.FollowSettings;
import io.github.tursospring.benchmarks.measure.Meter;
import io.github.tursospring.benchmarks.reader.LibraryReader;

/**
 * Program that follows logs, polling every millisecond, and says what that cost between
 * two moments.
 */
public final class FollowProcess {

	/** More often than the configuration allows. */
	private static final FollowSettings POLLING = new FollowSettings(Duration.ofMillis(1), Duration.ofSeconds(60),
			Duration.ofMinutes(1));

	private static final List<String> OPTIONS = List.of("-Xms128m", "-Xmx128m");

	private final AuditLogClient client;

	private final AtomicLong entries = new AtomicLong();

	private @Nullable Disposable follow;

	private @Nullable Meter meter;

	private FollowProcess(AuditLogClient client) {
		this.client = client;
	}

	/**
	 * Start the program in a JVM of its own.
	 * @param baseUrl where the logs are
	 * @return the program
	 */
	public static ChildJvm start(String baseUrl) {
		return ChildJvm.start(OPTIONS, FollowProcess.class, baseUrl);
	}

	/**
	 * Run the program. It is told to {@code follow} a log from a time on, to start to
	 * {@code measure}, and to {@code stop}, which it answers with the cost since.
	 * @param args where the logs are
	 * @throws IOException if its input fails
	 */
	public static void main(String[] args) throws IOException {
		FollowProcess process = new FollowProcess(LibraryReader.client(args[0], 1));
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			System.out.println(ChildJvm.ANSWER + process.answer(line.split(" ", -1)));
		}
		System.exit(0);
	}

	private String answer(String... words) {
		switch (words[0]) {
			case "follow" -> follow(words[1], Instant.parse(words[2]));
			case "measure" -> {
				this.entries.set(0);
				this.meter = Meter.start();
			}
			case "stop" -> {
				if (this.meter != null && this.follow != null) {
					String cost = this.meter.stop(this.entries.get(), 0).toLine();
					this.follow.dispose();
					return cost;
				}
			}
			default -> throw new IllegalArgumentException(words[0]);
		}
		return "done";
	}

	private void follow(String log, Instant from) {
		this.follow = this.client.follow(AuditLogQuery.builder().organization(log).startTime(from).build())
			.contextWrite((context) -> context.put(FollowSettings.class, POLLING))
			.subscribe((page) -> this.entries.addAndGet(page.auditLogs().size()));
	}

}
