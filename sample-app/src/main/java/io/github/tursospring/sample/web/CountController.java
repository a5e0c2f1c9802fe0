package io.github.tursospring.sample.web;

import reactor.core.publisher.Mono;

import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.github.tursospring.sample.search.CountSearch;
import io.github.tursospring.sample.search.Facets;
import io.github.tursospring.sample.search.Histogram;
import io.github.tursospring.sample.search.HistogramUnit;
import io.github.tursospring.sample.search.Search;
import io.github.tursospring.sample.search.SearchParameters;

/**
 * Serves what entries come to.
 */
@RestController
@RequestMapping("/api")
class CountController {

	private final CountSearch counts;

	CountController(CountSearch counts) {
		this.counts = counts;
	}

	@GetMapping("/histogram")
	Mono<Histogram> histogram(@RequestParam MultiValueMap<String, String> query) {
		SearchParameters parameters = SearchParameters.of(query, "unit");
		Search search = parameters.search();
		HistogramUnit unit = parameters.one("unit", HistogramUnit::of, "hour, day, week or month");
		return Blocking.call(() -> this.counts.histogram(search, unit));
	}

	@GetMapping("/facets")
	Mono<Facets> facets(@RequestParam MultiValueMap<String, String> query) {
		Search search = SearchParameters.of(query).search();
		return Blocking.call(() -> this.counts.facets(search));
	}

}
