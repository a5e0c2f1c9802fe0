package io.github.tursospring.sample.evidence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import io.github.tursospring.sample.archive.Archive;
import io.github.tursospring.sample.archive.ArchiveStatus;
import io.github.tursospring.sample.archive.ChainHash;
import io.github.tursospring.sample.archive.ChainState;

/**
 * Seals each day that is over, once the follower of this instance has archived all of it.
 * A seal covers the entries up to the last one of its day, in the order of the chain:
 * entries that arrived late are covered by a later seal.
 */
@Component
public class Sealer {

	private static final Log logger = LogFactory.getLog(Sealer.class);

	/** How late entries of a day may arrive to be covered by its own seal. */
	static final Duration LATENESS = Duration.ofMinutes(2);

	/** An entry with a time long ago does not make a seal for each day since. */
	private static final int MAX_DAYS = 400;

	private final Archive archive;

	private final ArchiveStatus status;

	private final JdbcClient client;

	private final TransactionOperations transactions;

	private final SigningKey key;

	private final boolean enabled;

	Sealer(Archive archive, ArchiveStatus status, JdbcClient client, TransactionOperations transactions, SigningKey key,
			EvidenceProperties properties) {
		this.archive = archive;
		this.status = status;
		this.client = client;
		this.transactions = transactions;
		this.key = key;
		this.enabled = properties.sealing();
	}

	@Scheduled(initialDelayString = "2s", fixedDelayString = "5s")
	void sealDaysThatAreOver() {
		Instant now = Clock.systemUTC().instant();
		for (ChainState chain : this.enabled ? this.archive.chains() : List.<ChainState>of()) {
			try {
				seal(chain, now);
			}
			catch (DataAccessException ex) {
				logger.warn("Sealing the days of organization '" + chain.organization()
						+ "' failed; trying again in 5 s: " + ex.getMessage());
			}
		}
	}

	private void seal(ChainState chain, Instant now) {
		LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
		Seal last = last(chain.organization());
		LocalDate day = (last != null) ? last.day().plusDays(1) : firstDay(chain, today);
		while (day.isBefore(today) && this.status.isArchivedUpTo(chain.organization(), endOf(day).plus(LATENESS))) {
			seal(chain.organization(), day);
			day = day.plusDays(1);
		}
	}

	private static LocalDate firstDay(ChainState chain, LocalDate today) {
		LocalDate day = LocalDate.ofInstant(Instant.ofEpochSecond(chain.oldest()), ZoneOffset.UTC);
		LocalDate earliest = today.minusDays(MAX_DAYS);
		return day.isBefore(earliest) ? earliest : day;
	}

	/** Seal a day. */
	void seal(String organization, LocalDate day) {
		this.transactions.executeWithoutResult((transaction) -> {
			this.client.sql("update archive_head set sequence = sequence").update();
			Seal last = last(organization);
			long from = this.client.sql("select coalesce(max(last_sequence), 0) from seal where organization = ?")
				.param(organization)
				.query(Long.class)
				.single();
			long to = Math.max(from, lastOf(organization, day));
			save(next(organization, day, last, from, to).signed(this.key));
		});
	}

	private Seal next(String organization, LocalDate day, @Nullable Seal last, long from, long to) {
		String previous = (last != null) ? last.digest() : Seal.FIRST;
		Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
		if (from == to) {
			String head = (last != null) ? last.head() : HexFormat.of().formatHex(ChainHash.start(organization));
			return new Seal(organization, day, null, null, 0, head, previous, "", "", now);
		}
		return this.client
			.sql("select min(sequence), count(*), (select hash from content where sequence = ?) from entry"
					+ " where sequence > ? and sequence <= ?"
					+ " and facet_id in (select id from facet where organization = ?)")
			.params(to, from, to, organization)
			.query((row, number) -> new Seal(organization, day, row.getLong(1), to, row.getLong(2),
					HexFormat.of().formatHex(row.getBytes(3)), previous, "", "", now))
			.single();
	}

	private long lastOf(String organization, LocalDate day) {
		return this.client
			.sql("select coalesce(max(sequence), 0) from entry where second >= ? and second < ?"
					+ " and facet_id in (select id from facet where organization = ?)")
			.params(endOf(day.minusDays(1)).getEpochSecond(), endOf(day).getEpochSecond(), organization)
			.query(Long.class)
			.single();
	}

	private @Nullable Seal last(String organization) {
		return this.client.sql(Seals.QUERY + " order by day desc limit 1")
			.param(organization)
			.query(Seals::seal)
			.optional()
			.orElse(null);
	}

	private void save(Seal seal) {
		this.client.sql("""
				insert into seal (organization, day, first_sequence, last_sequence, entries, head, previous,
					signature, public_key, sealed_at)
				values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
			.params(seal.organization(), seal.day().toString(), Objects.requireNonNullElse(seal.firstSequence(), 0L),
					Objects.requireNonNullElse(seal.lastSequence(), 0L), seal.count(), seal.head(), seal.previous(),
					seal.signature(), seal.publicKey(), seal.sealedAt().toString())
			.update();
	}

	private static Instant endOf(LocalDate day) {
		return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
	}

}
