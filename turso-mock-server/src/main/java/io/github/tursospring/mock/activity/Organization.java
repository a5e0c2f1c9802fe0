package io.github.tursospring.mock.activity;

import java.time.ZoneId;
import java.util.List;

import io.github.tursospring.mock.activity.Member.Location;

/**
 * The members and resources of the organization. IP addresses are those reserved for
 * documentation.
 */
final class Organization {

	static final List<String> GROUPS = List.of("default", "preview", "analytics");

	static final List<String> DATABASES = List.of("orders", "billing", "inventory", "customers", "search",
			"feature-flags", "sessions");

	static final List<String> LOCATIONS = List.of("ams", "bom", "fra", "gru", "iad", "nrt", "sin", "syd");

	static final Member IKU = new Member("iku", "web", new Location("Berlin", "DE", "52.5200", "13.4050", "192.0.2.17"),
			ZoneId.of("Europe/Berlin"), 11, 2.5, 0.2,
			List.of(new Weighted<>(6, Activities::rotateGroupToken), new Weighted<>(4, Activities::reviewCosts),
					new Weighted<>(3, Activities::hireContractor), new Weighted<>(3, Activities::launchService),
					new Weighted<>(2, Activities::openRegion), new Weighted<>(2, Activities::retireDatabase)));

	static final Member MAYA = new Member("maya", "cli",
			new Location("Lisbon", "PT", "38.7223", "-9.1393", "192.0.2.84"), ZoneId.of("Europe/Lisbon"), 15, 2, 0.05,
			List.of(new Weighted<>(5, Activities::trySomething), new Weighted<>(4, Activities::rotateToken),
					new Weighted<>(2, Activities::launchService), new Weighted<>(1, Activities::createApiToken)));

	static final Member PRIYA = new Member("priya", "cli",
			new Location("Bengaluru", "IN", "12.9716", "77.5946", "203.0.113.61"), ZoneId.of("Asia/Kolkata"), 12, 2,
			0.1, List.of(new Weighted<>(4, Activities::rotateToken), new Weighted<>(3, Activities::addReplica),
					new Weighted<>(2, Activities::trySomething), new Weighted<>(1, Activities::retireDatabase)));

	static final Member SAM = new Member("sam", "web",
			new Location("San Francisco", "US", "37.7749", "-122.4194", "203.0.113.9"),
			ZoneId.of("America/Los_Angeles"), 21, 1.5, 0.8, List.of(new Weighted<>(6, Activities::trySomething),
					new Weighted<>(2, Activities::retireDatabase), new Weighted<>(2, Activities::createApiToken)));

	static final Member NOOR = new Member("noor", "web",
			new Location("Amman", "JO", "31.9539", "35.9106", "198.51.100.77"), ZoneId.of("Asia/Amman"), 10, 1.5, 0,
			List.of(new Weighted<>(5, Activities::rotateToken), new Weighted<>(2, Activities::addReplica),
					new Weighted<>(1, Activities::createApiToken)));

	static final Member DEPLOY_BOT = new Member("deploy-bot", "cli",
			new Location("Ashburn", "US", "39.0438", "-77.4874", "198.51.100.4"), ZoneId.of("UTC"), 14, 5, 0.3,
			List.of(new Weighted<>(7, Activities::deployPreview), new Weighted<>(1, Activities::testInParallel)));

	/**
	 * The members, the busier ones with the greater weights.
	 */
	static final List<Weighted<Member>> MEMBERS = List.of(new Weighted<>(30, DEPLOY_BOT), new Weighted<>(16, MAYA),
			new Weighted<>(14, PRIYA), new Weighted<>(10, SAM), new Weighted<>(8, IKU), new Weighted<>(6, NOOR));

	private Organization() {
	}

}
