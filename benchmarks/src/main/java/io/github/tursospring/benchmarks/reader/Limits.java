package io.github.tursospring.benchmarks.reader;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import org.springframework.http.ResponseEntity;

/**
 * What no reader can do without: requests alone, tokens alone.
 */
public final class Limits {

	private Limits() {
	}

	/**
	 * Return a reader that requests the pages and throws their bodies away.
	 * @param pages requests pages
	 * @param concurrency requests at a time
	 * @return the reader
	 */
	static Reader requestsAlone(PageClient pages, int concurrency) {
		return new Reader() {

			private int count;

			@Override
			public void prepare(Reading reading) {
				this.count = pages.totalPages(reading);
			}

			@Override
			public void read(Reading reading, Consumer<String> messages) {
				Flux.range(1, this.count)
					.flatMap((page) -> pages.retrieve(reading, page).toBodilessEntity(), concurrency)
					.blockLast();
			}

		};
	}

	/**
	 * Request the first page again and again, and throw its bodies away.
	 * @param baseUrl base URL of the server
	 * @param reading which log, and the page size
	 * @param interval the time between a response and the next request
	 * @return never completes
	 */
	public static Flux<ResponseEntity<Void>> poll(String baseUrl, Reading reading, Duration interval) {
		PageClient pages = new PageClient(baseUrl);
		return Mono.defer(() -> pages.retrieve(reading, 1).toBodilessEntity()).delayElement(interval).repeat();
	}

	/**
	 * Return a reader that reads Jackson's tokens of the same bytes and makes nothing of
	 * them.
	 * @param pages requests the bytes beforehand
	 * @return the reader
	 */
	static Reader tokensAlone(PageClient pages) {
		JsonFactory json = new JsonFactory();
		return new Reader() {

			private String log = "";

			private List<byte[]> bodies = List.of();

			@Override
			public void prepare(Reading reading) {
				if (!this.log.equals(reading.log())) {
					this.log = reading.log();
					this.bodies = Flux.range(1, pages.totalPages(reading))
						.concatMap((page) -> pages.retrieve(reading, page).bodyToMono(byte[].class))
						.collectList()
						.blockOptional()
						.orElseThrow();
				}
			}

			@Override
			public void read(Reading reading, Consumer<String> messages) {
				this.bodies.forEach((body) -> tokens(json, body));
			}

		};
	}

	/**
	 * Read tokens.
	 * @param json factory of the parser
	 * @param body JSON
	 * @return the number of tokens
	 */
	public static int tokens(JsonFactory json, byte[] body) {
		int tokens = 0;
		try (JsonParser parser = json.createParser(ObjectReadContext.empty(), body)) {
			while (parser.nextToken() != null) {
				tokens++;
			}
		}
		return tokens;
	}

}
