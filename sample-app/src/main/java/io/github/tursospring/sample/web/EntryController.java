package io.github.tursospring.sample.web;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import io.github.tursospring.sample.archive.ArchivedEntry;
import io.github.tursospring.sample.evidence.Seal;
import io.github.tursospring.sample.evidence.Seals;
import io.github.tursospring.sample.search.EntryPage;
import io.github.tursospring.sample.search.EntrySearch;
import io.github.tursospring.sample.search.Position;
import io.github.tursospring.sample.search.Search;
import io.github.tursospring.sample.search.SearchParameters;

/**
 * Serves entries from the archive.
 */
@RestController
@RequestMapping("/api/entries")
class EntryController {

	private static final int SURROUNDING = 10;

	private static final int MAX_ID = 100;

	private final EntrySearch entries;

	private final Seals seals;

	EntryController(EntrySearch entries, Seals seals) {
		this.entries = entries;
		this.seals = seals;
	}

	@GetMapping
	Mono<EntryList> entries(@RequestParam MultiValueMap<String, String> query) {
		SearchParameters parameters = SearchParameters.of(query, "limit", "cursor");
		Search search = parameters.search();
		int limit = (int) parameters.number("limit", 1, 1000, 200);
		Position after = parameters.one("cursor", Position::of, "the cursor of a page");
		return Blocking.call(() -> EntryList.of(this.entries.newestFirst(search, limit, after)));
	}

	@GetMapping("/{organization}/{id}")
	Mono<EntryDetails> entry(@PathVariable String organization, @PathVariable String id,
			@RequestParam MultiValueMap<String, String> query) {
		SearchParameters.only(query);
		if (id.length() > MAX_ID || organization.length() > MAX_ID) {
			throw new IllegalArgumentException("id and organization must not be longer than " + MAX_ID + " characters");
		}
		return Blocking.call(() -> this.entries.find(organization, id, SURROUNDING).map(this::details).orElse(null))
			.switchIfEmpty(Mono
				.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No such entry has been archived")));
	}

	private EntryDetails details(EntrySearch.Surroundings found) {
		ArchivedEntry entry = found.entry();
		return new EntryDetails(EntryView.whole(entry, found.occurrences()), EntryView.list(found.before()),
				EntryView.list(found.after()), EntryView.list(found.sameAuthor()), EntryView.list(found.sameResource()),
				this.seals.of(entry.facet().organization(), entry.sequence()).orElse(null));
	}

	/**
	 * Some entries.
	 */
	record EntryList(List<EntryView> entries, @Nullable String next, long newestSequence) {

		static EntryList of(EntryPage page) {
			return new EntryList(EntryView.list(page.entries()), (page.next() != null) ? page.next().cursor() : null,
					page.newestSequence());
		}

	}

	/**
	 * An entry and what surrounds it.
	 */
	record EntryDetails(EntryView entry, List<EntryView> before, List<EntryView> after, List<EntryView> sameAuthor,
			List<EntryView> sameResource, @Nullable Seal seal) {
	}

}
