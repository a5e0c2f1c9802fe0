package io.github.tursospring.benchmarks.reader;

import java.util.List;
import java.util.function.Consumer;

import reactor.core.publisher.Flux;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The limit of decoding: Jackson's tokens of the same bytes, and nothing made of them.
 */
final class TokensAlone implements Reader {

	private final JsonFactory json = new JsonFactory();

	private final PageClient pages;

	private List<byte[]> bodies = List.of();

	TokensAlone(PageClient pages) {
		this.pages = pages;
	}

	@Override
	public void prepare(Reading reading) {
		EntryPage first = this.pages.fetch(reading, 1).block();
		int count = (first != null) ? first.pagination().totalPages() : 0;
		List<byte[]> all = Flux.range(1, count)
			.concatMap((page) -> this.pages.retrieve(reading, page).bodyToMono(byte[].class))
			.collectList()
			.block();
		this.bodies = (all != null) ? all : List.of();
	}

	@Override
	public void read(Reading reading, Consumer<String> messages) {
		long tokens = 0;
		for (byte[] body : this.bodies) {
			try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), body)) {
				while (parser.nextToken() != null) {
					tokens++;
				}
			}
		}
		if (tokens == 0) {
			throw new IllegalStateException("There is nothing to read");
		}
	}

}
