package io.github.tursospring.benchmarks.reader;

import java.util.List;

/**
 * The readers that are compared.
 */
public enum Contender {

	/** This library, as the starter configures it. */
	LIBRARY("this library"),

	/** This library with eight requests at a time. */
	LIBRARY_BY_8("this library, concurrency 8"),

	/** A hand-written WebClient with {@code expand}. */
	WEB_CLIENT("WebClient, `expand`, records"),

	/** A hand-written WebClient with eight requests at a time. */
	WEB_CLIENT_BY_8("WebClient, `flatMapSequential` of 8, records"),

	/** A blocking loop. */
	REST_CLIENT("blocking `RestClient` loop, records"),

	/** Azure's PagedFlux over the same endpoint. */
	PAGED_FLUX("azure-core `PagedFlux`, records"),

	/** The limit of requests, one after another. */
	REQUESTS_ALONE("*limit: requests alone, bodies thrown away*"),

	/** The limit of requests, eight at a time. */
	REQUESTS_ALONE_BY_8("*limit: requests alone, 8 at a time*"),

	/** The limit of decoding. */
	TOKENS_ALONE("*limit: Jackson's tokens alone, same bytes*");

	/** Sequential readers that users would write or pick instead of the library. */
	public static final List<Contender> PEERS = List.of(WEB_CLIENT, REST_CLIENT, PAGED_FLUX);

	private final String title;

	Contender(String title) {
		this.title = title;
	}

	/**
	 * Return the name in tables.
	 * @return the title, in Markdown
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Create the reader.
	 * @param baseUrl base URL of the server
	 * @return a new reader
	 */
	public Reader create(String baseUrl) {
		PageClient pages = new PageClient(baseUrl);
		return switch (this) {
			case LIBRARY -> Library.reader(Library.client(baseUrl, 1));
			case LIBRARY_BY_8 -> Library.reader(Library.client(baseUrl, 8));
			case WEB_CLIENT -> Peers.webClient(pages);
			case WEB_CLIENT_BY_8 -> Peers.webClient(pages, 8);
			case REST_CLIENT -> Peers.restClient(baseUrl);
			case PAGED_FLUX -> Peers.pagedFlux(pages);
			case REQUESTS_ALONE -> Limits.requestsAlone(pages, 1);
			case REQUESTS_ALONE_BY_8 -> Limits.requestsAlone(pages, 8);
			case TOKENS_ALONE -> Limits.tokensAlone(pages);
		};
	}

}
