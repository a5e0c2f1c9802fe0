package io.github.tursospring.auditlog.internal.page;

import reactor.core.publisher.Mono;

/**
 * Where the numbered pages of one organization's log come from.
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

}
