package io.github.tursospring.sample.web;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.github.tursospring.sample.archive.Archive;
import io.github.tursospring.sample.search.SearchParameters;

/**
 * Serves the status, and the gaps of the archive.
 */
@RestController
@RequestMapping("/api")
class StatusController {

	private final StatusService status;

	private final Archive archive;

	StatusController(StatusService status, Archive archive) {
		this.status = status;
		this.archive = archive;
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

}
