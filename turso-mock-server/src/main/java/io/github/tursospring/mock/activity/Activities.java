package io.github.tursospring.mock.activity;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The activities of the members, each in a consistent order: a database is created before
 * it gets a token, and deleted last.
 */
final class Activities {

	private Activities() {
	}

	static void foundOrganization(Trail trail) {
		trail.write("user-signup", "User iku signed up", "user", "iku", "provider", "github");
		trail.pause(Duration.ofMinutes(2));
		trail.write("org-create", "Organization acme created", "organization", "acme");
		trail.pause(Duration.ofMinutes(4));
		trail.write("org-plan-update", "Plan changed from starter to scaler", "from", "starter", "to", "scaler");
		for (String group : Organization.GROUPS) {
			trail.pause(Duration.ofMinutes(1));
			createGroup(trail, group);
			trail.write("group-protect", "Group " + group + " protected", "group", group);
		}
		for (String database : Organization.DATABASES) {
			trail.pause(Duration.ofMinutes(1));
			createDatabase(trail, database, "default");
			createToken(trail, database, "full-access", "never");
		}
	}

	static void deployPreview(Trail trail) {
		String database = trail.newName("preview");
		createDatabase(trail, database, "preview");
		createToken(trail, database, "full-access", "2d");
		trail.pause(Duration.ofHours(9));
		deleteDatabase(trail, database, "preview");
	}

	static void testInParallel(Trail trail) {
		List<String> databases = Stream.generate(() -> trail.newName("ci")).limit(3 + trail.number(4)).toList();
		for (String database : databases) {
			createDatabase(trail, database, "preview");
			createToken(trail, database, "full-access", "1h");
		}
		trail.pause(Duration.ofMinutes(20));
		for (String database : databases) {
			deleteDatabase(trail, database, "preview");
		}
	}

	static void launchService(Trail trail) {
		String database = trail.newName("app");
		createDatabase(trail, database, trail.any(Organization.GROUPS));
		trail.pause(Duration.ofSeconds(40));
		createToken(trail, database, "full-access", "never");
		trail.pause(Duration.ofMinutes(10));
		trail.write("db-protect", "Database " + database + " protected", "database", database);
	}

	static void trySomething(Trail trail) {
		String database = trail.newName("tmp");
		createDatabase(trail, database, "default");
		trail.pause(Duration.ofSeconds(20));
		createToken(trail, database, "read-only", "7d");
		trail.pause(Duration.ofDays(6));
		deleteDatabase(trail, database, "default");
	}

	static void retireDatabase(Trail trail) {
		String database = trail.newName("legacy");
		trail.write("db-aunrchive", "Database " + database + " unarchived", "database", database);
		trail.pause(Duration.ofHours(1));
		trail.write("db-unprotect", "Database " + database + " unprotected", "database", database);
		trail.pause(Duration.ofSeconds(30));
		deleteDatabase(trail, database, "default");
	}

	static void rotateToken(Trail trail) {
		createToken(trail, trail.any(Organization.DATABASES), trail.any(List.of("full-access", "read-only")), "30d");
	}

	static void rotateGroupToken(Trail trail) {
		createGroupToken(trail, trail.any(Organization.GROUPS));
	}

	static void createApiToken(Trail trail) {
		String name = trail.newName("laptop");
		trail.write("user-token-create", "API token " + name + " created", "name", name, "expiration", "never");
	}

	static void addReplica(Trail trail) {
		String group = trail.any(Organization.GROUPS);
		String instance = trail.newName(group);
		String location = trail.any(Organization.LOCATIONS);
		trail.write("instance-create", "Instance " + instance + " created in " + location, "instance", instance,
				"group", group, "location", location, "type", "replica");
		trail.pause(Duration.ofDays(10));
		trail.write("instance-delete", "Instance " + instance + " deleted", "instance", instance, "group", group,
				"location", location);
	}

	static void openRegion(Trail trail) {
		String group = trail.newName("region");
		createGroup(trail, group);
		trail.pause(Duration.ofMinutes(1));
		createGroupToken(trail, group);
		trail.pause(Duration.ofDays(14));
		trail.write("group-unarchive", "Group " + group + " unarchived", "group", group);
		trail.write("group-unprotect", "Group " + group + " unprotected", "group", group);
		trail.pause(Duration.ofMinutes(1));
		trail.write("group-delete", "Group " + group + " deleted", "group", group);
	}

	static void hireContractor(Trail trail) {
		String user = trail.newName("contractor");
		trail.writeAs(user, "user-signup", "User " + user + " signed up", "user", user, "provider", "email");
		trail.pause(Duration.ofMinutes(5));
		trail.write("org-member-add", "User " + user + " added to acme", "member", user, "role", "member");
		trail.pause(Duration.ofDays(20));
		if (trail.number(2) == 0) {
			trail.write("org-member-rm", "User " + user + " removed from acme", "member", user);
		}
		else {
			trail.writeAs(user, "org-member-leave", "User " + user + " left acme", "member", user);
			trail.pause(Duration.ofMinutes(5));
			trail.writeAs(user, "user-delete", "User " + user + " deleted", "user", user);
		}
	}

	static void reviewCosts(Trail trail) {
		boolean overages = trail.number(2) == 0;
		trail.write("org-set-overages", "Overages " + (overages ? "enabled" : "disabled"), "overages", overages,
				"usage", Trail.object("rows_read", trail.number(1_000_000_000), "databases", trail.number(500)));
	}

	private static void createDatabase(Trail trail, String database, String group) {
		trail.write("db-create", "Database " + database + " created in group " + group, "database", database, "group",
				group, "seed", Trail.object("type", "dump", "name", trail.any(Organization.DATABASES)));
	}

	private static void createToken(Trail trail, String database, String authorization, String expiration) {
		trail.write("db-token-create", "Token for database " + database + " created", "database", database,
				"authorization", authorization, "expiration", expiration);
	}

	private static void deleteDatabase(Trail trail, String database, String group) {
		trail.write("db-delete", "Database " + database + " deleted", "database", database, "group", group);
	}

	private static void createGroup(Trail trail, String group) {
		trail.write("group-create", "Group " + group + " created", "group", group, "primary_location",
				trail.any(Organization.LOCATIONS));
	}

	private static void createGroupToken(Trail trail, String group) {
		trail.write("group-token-create", "Token for group " + group + " created", "group", group, "authorization",
				"full-access", "expiration", "90d");
	}

}
