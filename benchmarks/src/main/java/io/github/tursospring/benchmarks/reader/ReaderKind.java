package io.github.tursospring.benchmarks.reader;

/**
 * Who reads.
 */
public enum ReaderKind {

	/** This library, as the starter configures it. */
	LIBRARY("this library"),

	/** A hand-written WebClient, expand and records. */
	WEB_CLIENT("WebClient, `expand`, records"),

	/** A blocking loop. */
	REST_CLIENT("blocking `RestClient` loop, records"),

	/** Azure's PagedFlux over the same endpoint. */
	PAGED_FLUX("azure-core `PagedFlux`, records"),

	/** The limit of asking: requests alone. */
	REQUESTS_ALONE("*limit: requests alone, bodies thrown away*"),

	/** The limit of decoding: tokens alone. */
	TOKENS_ALONE("*limit: Jackson's tokens alone, same bytes*");

	private final String title;

	ReaderKind(String title) {
		this.title = title;
	}

	/**
	 * Return the name that tables show.
	 * @return the title, in Markdown
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Return a new reader.
	 * @param baseUrl where the logs are
	 * @param concurrency requests at a time, for those who can
	 * @return the reader
	 */
	public Reader create(String baseUrl, int concurrency) {
		return switch (this) {
			case LIBRARY -> new LibraryReader(LibraryReader.client(baseUrl, concurrency));
			case WEB_CLIENT -> new WebClientReader(new PageClient(baseUrl));
			case REST_CLIENT -> new RestClientReader(baseUrl);
			case PAGED_FLUX -> new PagedFluxReader(new PageClient(baseUrl));
			case REQUESTS_ALONE -> new RequestsAlone(new PageClient(baseUrl));
			case TOKENS_ALONE -> new TokensAlone(new PageClient(baseUrl));
		};
	}

}
