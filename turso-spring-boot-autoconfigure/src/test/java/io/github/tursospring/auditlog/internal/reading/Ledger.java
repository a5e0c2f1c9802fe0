package io.github.tursospring.auditlog.internal.reading;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.tursospring.auditlog.AuditLog;
import io.github.tursospring.auditlog.AuditLogQuery.Order;

/**
 * Compares what was emitted with what had to be. Rows that are identical count as often
 * as there are of them.
 */
final class Ledger {

	private final Order order;

	private final List<AuditLog> emitted;

	private final List<String> complaints = new ArrayList<>();

	Ledger(Order order, List<AuditLog> emitted) {
		this.order = order;
		this.emitted = emitted;
		checkOrder();
	}

	private void checkOrder() {
		for (int i = 1; i < this.emitted.size(); i++) {
			long step = ModelLog.second(this.emitted.get(i)) - ModelLog.second(this.emitted.get(i - 1));
			if ((this.order == Order.ASC) ? step < 0 : step > 0) {
				complain("out of order", i, 1);
				return;
			}
		}
	}

	/** None of these is missing, but for those that have been removed. */
	Ledger holds(List<AuditLog> rows, List<AuditLog> removed) {
		Map<AuditLog, Integer> got = count(this.emitted);
		Map<AuditLog, Integer> gone = count(removed);
		count(rows).forEach(
				(row, times) -> complain("lost", row, times - gone.getOrDefault(row, 0) - got.getOrDefault(row, 0)));
		return this;
	}

	/** Nothing but these, and each of them once. */
	Ledger holdsNoMoreThan(List<AuditLog> rows) {
		Map<AuditLog, Integer> all = count(rows);
		count(this.emitted).forEach((row, times) -> complain(all.containsKey(row) ? "repeated" : "not asked for", row,
				times - all.getOrDefault(row, 0)));
		return this;
	}

	/** Just these. */
	Ledger holdsJust(List<AuditLog> rows) {
		return holds(rows, List.of()).holdsNoMoreThan(rows);
	}

	private void complain(String what, Object row, int times) {
		if (times > 0) {
			this.complaints.add(what + " " + times + "x " + row);
		}
	}

	/** What is wrong, {@code null} if nothing is. */
	@Nullable String complaint() {
		return this.complaints.isEmpty() ? null
				: this.complaints.size() + " complaints, first: " + this.complaints.get(0);
	}

	private static Map<AuditLog, Integer> count(List<AuditLog> rows) {
		Map<AuditLog, Integer> counts = new HashMap<>();
		rows.forEach((row) -> counts.merge(row, 1, Integer::sum));
		return counts;
	}

}
