package io.github.tursospring.sample.archive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogGap;

/**
 * Writes entries, within the caller's transaction. The first statement locks the row of
 * the last sequence number, so that entries of all organizations become visible in the
 * order of their numbers.
 */
@Component
class ArchiveWriter {

	static final long DAY = 24 * 60 * 60;

	private final JdbcClient client;

	private final JdbcTemplate batches;

	/** Facets that are known to be stored, by a transaction that was committed. */
	private final Map<Facet, Integer> facets = new ConcurrentHashMap<>();

	ArchiveWriter(JdbcTemplate jdbcTemplate) {
		this.client = JdbcClient.create(jdbcTemplate);
		this.batches = jdbcTemplate;
	}

	/**
	 * Append entries to the chain of an organization.
	 * @param organization the organization's slug
	 * @param entries the entries, oldest first; not empty
	 * @return where the chain stands
	 */
	ChainState append(String organization, List<AuditLog> entries) {
		this.client.sql("update archive_head set sequence = sequence + ?").param(entries.size()).update();
		long last = this.client.sql("select sequence from archive_head").query(Long.class).single();
		ChainState chain = this.client.sql(ChainState.QUERY + " where name = ?")
			.param(organization)
			.query(ChainState::of)
			.optional()
			.orElseGet(() -> ChainState.start(organization));
		ChainState next = append(chain, last - entries.size(), entries);
		save(next);
		return next;
	}

	private ChainState append(ChainState chain, long sequence, List<AuditLog> entries) {
		List<Object[]> rows = new ArrayList<>(entries.size());
		List<Object[]> contents = new ArrayList<>(entries.size());
		Map<Daily, Integer> daily = new HashMap<>();
		Map<Facet, Integer> ids = new HashMap<>();
		byte[] head = chain.head();
		long oldest = chain.oldest();
		long newest = chain.newest();
		for (AuditLog entry : entries) {
			sequence++;
			String json = CanonicalJson.write(entry);
			head = ChainHash.next(head, sequence, json);
			EntryColumns columns = EntryColumns.of(chain.organization(), entry);
			int facet = ids.computeIfAbsent(columns.facet(), this::facetId);
			rows.add(new Object[] { sequence, columns.second(), facet, columns.resource(), columns.text() });
			contents.add(new Object[] { sequence, json, head });
			daily.merge(new Daily(Math.floorDiv(columns.second(), DAY), facet), 1, Integer::sum);
			oldest = Math.min(oldest, columns.second());
			newest = Math.max(newest, columns.second());
		}
		this.batches
			.batchUpdate("insert into entry (sequence, second, facet_id, resource, text) values (?, ?, ?, ?, ?)", rows);
		this.batches.batchUpdate("insert into content (sequence, json, hash) values (?, ?, ?)", contents);
		this.batches.batchUpdate(
				"insert into daily (day, facet_id, entries) values (?, ?, ?)"
						+ " on conflict (day, facet_id) do update set entries = daily.entries + excluded.entries",
				daily.entrySet()
					.stream()
					.map((count) -> new Object[] { count.getKey().day(), count.getKey().facet(), count.getValue() })
					.toList());
		return new ChainState(chain.organization(), chain.entries() + entries.size(), oldest, newest, sequence, head,
				chain.anchorSequence(), chain.anchor());
	}

	private int facetId(Facet facet) {
		Integer known = this.facets.get(facet);
		if (known != null) {
			return known;
		}
		Integer stored = this.client
			.sql("select id from facet where organization = ? and code = ? and author = ? and origin = ?")
			.params(facet.organization(), facet.code(), facet.author(), facet.origin())
			.query(Integer.class)
			.optional()
			.orElse(null);
		if (stored != null) {
			this.facets.put(facet, stored);
			return stored;
		}
		return this.client
			.sql("insert into facet (organization, kind, code, author, origin) values (?, ?, ?, ?, ?) returning id")
			.params(facet.organization(), facet.kind().value(), facet.code(), facet.author(), facet.origin())
			.query(Integer.class)
			.single();
	}

	private void save(ChainState chain) {
		this.client
			.sql("insert into organization (name, entries, oldest, newest, last_sequence, head, anchor_sequence,"
					+ " anchor) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (name) do update set"
					+ " entries = excluded.entries, oldest = excluded.oldest, newest = excluded.newest,"
					+ " last_sequence = excluded.last_sequence, head = excluded.head,"
					+ " anchor_sequence = excluded.anchor_sequence, anchor = excluded.anchor")
			.params(chain.organization(), chain.entries(), chain.oldest(), chain.newest(), chain.lastSequence(),
					chain.head(), chain.anchorSequence(), chain.anchor())
			.update();
	}

	/**
	 * Record entries that retention may have removed before they were archived.
	 * @param organization the organization's slug
	 * @param gap the gap
	 * @param detectedAt the epoch second at which it was detected
	 */
	void record(String organization, AuditLogGap gap, long detectedAt) {
		this.client
			.sql("insert into gap (organization, after_second, before_second, detected_at) values (?, ?, ?, ?)"
					+ " on conflict (organization, after_second, before_second) do nothing")
			.params(organization, gap.position().getEpochSecond(), gap.oldestEntry().getEpochSecond(), detectedAt)
			.update();
	}

	private record Daily(long day, int facet) {
	}

}
