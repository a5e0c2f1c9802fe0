package io.github.tursospring.sample.archive;

import java.time.Clock;
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
import io.github.tursospring.auditlog.AuditLogPage;
import io.github.tursospring.auditlog.AuditLogQuery;
import io.github.tursospring.auditlog.follow.TransactionalAuditLogHandler;

/**
 * The follower that archives: entries and position are committed together, so that the
 * archive holds each entry exactly as often as it occurred. The first statement locks the
 * row of the last sequence number, so that entries of all organizations become visible in
 * the order of their numbers.
 */
@Component(AuditLogArchive.FOLLOWER)
class AuditLogArchive implements TransactionalAuditLogHandler {

	/** The follower's name. */
	static final String FOLLOWER = "archive";

	private static final long DAY = 24 * 60 * 60;

	private final JdbcClient client;

	private final JdbcTemplate batches;

	/** Facets that are known to be stored, by a transaction that was committed. */
	private final Map<Facet, Integer> facets = new ConcurrentHashMap<>();

	AuditLogArchive(JdbcClient client, JdbcTemplate batches) {
		this.client = client;
		this.batches = batches;
	}

	@Override
	public AuditLogQuery query() {
		return AuditLogQuery.builder().pageSize(1000).build();
	}

	@Override
	public void handle(String organization, AuditLogPage page) {
		List<AuditLog> entries = page.auditLogs();
		this.client.sql("update archive_head set sequence = sequence + ?").param(entries.size()).update();
		long last = this.client.sql("select sequence from archive_head").query(Long.class).single();
		ChainState chain = this.client.sql(ChainState.QUERY + " where name = ?")
			.param(organization)
			.query(ChainState.class)
			.optional()
			.orElseGet(() -> ChainState.start(organization));
		save(append(chain, last - entries.size(), entries));
		if (page.gap() != null) {
			save(organization, page.gap());
		}
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
		List<Object[]> counts = new ArrayList<>(daily.size());
		daily.forEach((key, count) -> counts.add(new Object[] { key.day(), key.facet(), count }));
		this.batches.batchUpdate("""
				insert into daily (day, facet_id, entries) values (?, ?, ?)
				on conflict (day, facet_id) do update set entries = daily.entries + excluded.entries""", counts);
		return new ChainState(chain.organization(), chain.entries() + entries.size(), oldest, newest, sequence, head,
				chain.anchorSequence(), chain.anchor(), chain.anchorSignature());
	}

	private int facetId(Facet facet) {
		Integer known = this.facets.get(facet);
		if (known != null) {
			return known;
		}
		List<Integer> stored = this.client
			.sql("select id from facet where organization = ? and code = ? and author = ? and origin = ?")
			.params(facet.organization(), facet.code(), facet.author(), facet.origin())
			.query(Integer.class)
			.list();
		stored.forEach((id) -> this.facets.put(facet, id));
		return !stored.isEmpty() ? stored.get(0) : this.client
			.sql("insert into facet (organization, kind, code, author, origin) values (?, ?, ?, ?, ?) returning id")
			.params(facet.organization(), facet.kind().value(), facet.code(), facet.author(), facet.origin())
			.query(Integer.class)
			.single();
	}

	private void save(ChainState chain) {
		this.client.sql("""
				insert into organization
					(name, entries, oldest, newest, last_sequence, head, anchor_sequence, anchor)
				values (?, ?, ?, ?, ?, ?, ?, ?)
				on conflict (name) do update set entries = excluded.entries, oldest = excluded.oldest,
					newest = excluded.newest, last_sequence = excluded.last_sequence, head = excluded.head""")
			.params(chain.organization(), chain.entries(), chain.oldest(), chain.newest(), chain.lastSequence(),
					chain.head(), chain.anchorSequence(), chain.anchor())
			.update();
	}

	private void save(String organization, AuditLogGap gap) {
		this.client.sql("""
				insert into gap (organization, after_second, before_second, detected_at) values (?, ?, ?, ?)
				on conflict (organization, after_second, before_second) do nothing""")
			.params(organization, gap.position().getEpochSecond(), gap.oldestEntry().getEpochSecond(),
					Clock.systemUTC().instant().getEpochSecond())
			.update();
	}

	private record Daily(long day, int facet) {
	}

}
