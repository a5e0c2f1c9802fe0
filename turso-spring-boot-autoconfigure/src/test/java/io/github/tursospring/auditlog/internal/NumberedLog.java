package io.github.tursospring.auditlog.internal;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Answers with pages of a log whose entries are numbered from 1, the oldest, one a
 * second. Counts the requests.
 */
public final class NumberedLog implements ResponseDefinitionTransformerV2 {

	private static final String NAME = "numbered-log";

	private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

	private final AtomicInteger requests = new AtomicInteger();

	private volatile int rows;

	private volatile int growth;

	private volatile int maxPageSize = 1000;

	/**
	 * Make it anew: still, of any page size up to 1,000.
	 * @param rows how many entries
	 */
	public void reset(int rows) {
		this.requests.set(0);
		this.rows = rows;
		this.growth = 0;
		this.maxPageSize = 1000;
	}

	/**
	 * Insert some entries after each answer.
	 * @param growth how many
	 */
	public void growBy(int growth) {
		this.growth = growth;
	}

	/** Apply a page size of no more than this. */
	void clamp(int maxPageSize) {
		this.maxPageSize = maxPageSize;
	}

	/**
	 * Return how many requests it has answered.
	 * @return the number
	 */
	public int requests() {
		return this.requests.get();
	}

	/**
	 * Return what a stub answers with that is to answer with this log's pages.
	 * @return the answer
	 */
	public static ResponseDefinitionBuilder page() {
		return WireMock.aResponse().withTransformers(NAME);
	}

	/** The numbers of entries. */
	static List<Integer> numbers(List<AuditLog> entries) {
		return entries.stream().map((entry) -> Integer.valueOf(String.valueOf(entry.message()))).toList();
	}

	/** The numbers from one down to another, both inclusive. */
	static List<Integer> numbersDown(int from, int to) {
		return IntStream.rangeClosed(to, from).map((number) -> from + to - number).boxed().toList();
	}

	/** The time of the entry of a number. */
	static Instant time(int number) {
		return START.plusSeconds(number);
	}

	@Override
	public ResponseDefinition transform(ServeEvent event) {
		this.requests.incrementAndGet();
		int total = this.rows;
		int page = parameter(event.getRequest(), "page");
		int pageSize = Math.min(parameter(event.getRequest(), "page_size"), this.maxPageSize);
		int newest = Math.max(0, total - (page - 1) * pageSize);
		String entries = IntStream.iterate(newest, (number) -> number > Math.max(0, newest - pageSize), (n) -> n - 1)
			.mapToObj(NumberedLog::row)
			.collect(Collectors.joining(","));
		this.rows = total + this.growth;
		return WireMock
			.okJson("{\"audit_logs\":[" + entries + "],\"pagination\":{\"page\":" + page + ",\"page_size\":" + pageSize
					+ ",\"total_pages\":" + (total + pageSize - 1) / pageSize + ",\"total_rows\":" + total + "}}")
			.build();
	}

	private static String row(int number) {
		return "{\"code\":\"" + ((number % 10 == 0) ? "db-delete" : "db-create") + "\",\"message\":\"" + number
				+ "\",\"origin\":\"cli\",\"author\":\"iku\",\"created_at\":\"" + time(number) + "\",\"data\":{}}";
	}

	private static int parameter(Request request, String name) {
		return Integer.parseInt(request.queryParameter(name).firstValue());
	}

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public boolean applyGlobally() {
		return false;
	}

}
