package io.github.tursospring.sample.web;

import java.util.List;
import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.github.tursospring.sample.archive.Archive;
import io.github.tursospring.sample.search.CountSearch;
import io.github.tursospring.sample.search.Histogram;
import io.github.tursospring.sample.search.HistogramUnit;
import io.github.tursospring.sample.search.Search;
import io.github.tursospring.sample.search.SearchParameters;

/**
 * Serves the status, the gaps of the archive, and numbers of entries.
 */
@RestController
@RequestMapping("/api")
class OverviewController {

	private final StatusService status;

	private final Archive archive;

	private final CountSearch counts;

	OverviewController(StatusService status, Archive archive, CountSearch counts) {
		this.status = status;
		this.archive = archive;
		this.counts = counts;
	}

	@GetMapping("/status")
	Mono<ConsoleStatus> status() {
		return Blocking.call(this.status::status);
	}

	@GetMapping("/gaps")
	Mono<List<Archive.Gap>> gaps(@RequestParam MultiValueMap<String, String> query) {
		String organization = SearchParameters.only(query, "organization").requiredOrganization();
		return Blocking.call(() -> this.archive.gaps(organization));
	}

	@GetMapping("/histogram")
	Mono<Histogram> histogram(@RequestParam MultiValueMap<String, String> query) {
		SearchParameters parameters = SearchParameters.of(query, "unit");
		Search search = parameters.search();
		HistogramUnit unit = parameters.one("unit", HistogramUnit::of, "hour, day, week or month");
		return Blocking.call(() -> this.counts.histogram(search, unit));
	}

	@GetMapping("/facets")
	Mono<Map<String, List<CountSearch.Count>>> facets(@RequestParam MultiValueMap<String, String> query) {
		Search search = SearchParameters.of(query).search();
		return Blocking.call(() -> this.counts.facets(search));
	}

}
