package io.github.tursospring.sample.evidence;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.github.tursospring.sample.archive.Archive;
import io.github.tursospring.sample.archive.ArchiveProperties;

/**
 * Removes entries that are older than {@code console.archive.retention}, sealed days at a
 * time, so that the rest of the chain still starts at a sealed hash. Seals are kept, and
 * what was removed is signed: whoever removes other entries cannot claim that this did.
 */
@Component
@ConditionalOnProperty("console.archive.retention")
class Retention {

	private static final Log logger = LogFactory.getLog(Retention.class);

	private static final String EXPIRED = "sequence <= ? and facet_id in (select id from facet where organization = ?)";

	private final ArchiveProperties properties;

	private final JdbcClient client;

	private final TransactionOperations transactions;

	private final SigningKey key;

	Retention(ArchiveProperties properties, JdbcClient client, TransactionOperations transactions, SigningKey key) {
		this.properties = properties;
		this.client = client;
		this.transactions = transactions;
		this.key = key;
	}

	@Scheduled(initialDelayString = "30s", fixedDelayString = "1h")
	void removeExpired() {
		if (this.properties.retention() != null) {
			removeBefore(LocalDate.now(Clock.system(ZoneOffset.UTC)).minus(this.properties.retention()));
		}
	}

	void removeBefore(LocalDate day) {
		List<Seal> expired = this.client.sql("""
				select seal.* from seal join organization on organization.name = seal.organization
				where seal.day < ? and seal.last_sequence > organization.anchor_sequence
				order by seal.organization, seal.day""").param(day.toString()).query(Seals::seal).list();
		expired.stream()
			.filter(this::isOwn)
			.forEach((seal) -> this.transactions.executeWithoutResult((transaction) -> remove(seal)));
	}

	/**
	 * Whoever can write to the database could have later entries removed, and have this
	 * signed.
	 */
	private boolean isOwn(Seal seal) {
		if (this.key.verifies(seal.text(), seal.signature())) {
			return true;
		}
		logger.warn("Removed no entries for the seal of " + seal.day() + " of organization '" + seal.organization()
				+ "': it was changed, or is signed with another key");
		return false;
	}

	/** Return the text that is signed. */
	static String removal(String organization, long lastSequence, String head) {
		return String.join("\n", "turso-audit-log-retention-v1", organization, String.valueOf(lastSequence), head);
	}

	private void remove(Seal seal) {
		long last = Objects.requireNonNull(seal.lastSequence());
		List<Object> of = List.of(last, seal.organization());
		this.client.sql("update archive_head set sequence = sequence").update();
		this.client
			.sql("update daily set entries = entries - (select count(*) from entry where second >= day * 86400"
					+ " and second < (day + 1) * 86400 and entry.facet_id = daily.facet_id and sequence <= ?)"
					+ " where facet_id in (select id from facet where organization = ?)"
					+ " and day in (select distinct " + Archive.DAY + " from entry where " + EXPIRED + ")")
			.params(last, seal.organization(), last, seal.organization())
			.update();
		this.client.sql("delete from daily where entries = 0").update();
		this.client.sql("delete from content where sequence in (select sequence from entry where " + EXPIRED + ")")
			.params(of)
			.update();
		int removed = this.client.sql("delete from entry where " + EXPIRED).params(of).update();
		this.client
			.sql("update organization set entries = entries - ?, anchor_sequence = ?, anchor = ?, anchor_signature = ?,"
					+ " oldest = coalesce((select min(second) from entry where facet_id in"
					+ " (select id from facet where organization = name)), newest)"
					+ " where name = ? and anchor_sequence < ?")
			.params(removed, last, HexFormat.of().parseHex(seal.head()),
					this.key.sign(removal(seal.organization(), last, seal.head())), seal.organization(), last)
			.update();
		logger.info("Removed " + removed + " entries of organization '" + seal.organization() + "' archived up to "
				+ seal.day() + ", as console.archive.retention says");
	}

}
