package io.github.tursospring.auditlog.internal.http;

import reactor.core.publisher.Mono;

/**
 * Source of the numbered pages of one organization's log.
 */
@FunctionalInterface
public interface PageSource {

	/**
	 * Fetch a page.
	 * @param page number of the page, from 1
	 * @param pageSize rows a page to ask for
	 * @return the page, or the error that remains after retries
	 */
	Mono<SourcePage> fetch(int page, int pageSize);

	/**
	 * Fetch a page.
	 * @param page number of the page, from 1
	 * @param pageSize rows a page to ask for
	 * @param onBody callback for the complete body of a successful response, invoked at
	 * most once per attempt and before the body is decoded: the next page can be
	 * requested then
	 * @return the page, or the error that remains after retries
	 */
	default Mono<SourcePage> fetch(int page, int pageSize, Runnable onBody) {
		return fetch(page, pageSize).doOnNext((answer) -> onBody.run());
	}

}
