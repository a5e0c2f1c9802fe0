package io.github.tursospring.sample.web;

import java.util.List;
import java.util.concurrent.Semaphore;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import io.github.tursospring.sample.evidence.Seal;
import io.github.tursospring.sample.evidence.Seals;
import io.github.tursospring.sample.evidence.SigningKey;
import io.github.tursospring.sample.evidence.Verification;
import io.github.tursospring.sample.evidence.Verifier;
import io.github.tursospring.sample.search.SearchParameters;

/**
 * Serves the evidence, and verifies it, once at a time.
 */
@RestController
@RequestMapping("/api")
class EvidenceController {

	private final Semaphore verifying = new Semaphore(1);

	private final Seals seals;

	private final SigningKey key;

	private final Verifier verifier;

	EvidenceController(Seals seals, SigningKey key, Verifier verifier) {
		this.seals = seals;
		this.key = key;
		this.verifier = verifier;
	}

	@GetMapping("/seals")
	Mono<List<Seal>> seals(@RequestParam MultiValueMap<String, String> query) {
		String organization = SearchParameters.only(query, "organization").requiredOrganization();
		return Blocking.call(() -> this.seals.all(organization));
	}

	@GetMapping(path = "/evidence/key", produces = MediaType.TEXT_PLAIN_VALUE)
	String key() {
		return this.key.publicKeyPem();
	}

	@PostMapping("/verify")
	Mono<Verification> verify(@RequestParam MultiValueMap<String, String> query) {
		SearchParameters parameters = SearchParameters.only(query, "organization", "againstTurso");
		String organization = parameters.requiredOrganization();
		boolean againstTurso = "true".equals(parameters.oneOf("againstTurso", "true", "false"));
		return Blocking.call(() -> verify(organization, againstTurso));
	}

	/** A verification whose client has gone goes on to its end. */
	private Verification verify(String organization, boolean againstTurso) {
		if (!this.verifying.tryAcquire()) {
			throw new ResponseStatusException(HttpStatus.CONFLICT, "A verification is under way");
		}
		try {
			return this.verifier.verify(organization, List.of(), againstTurso);
		}
		finally {
			this.verifying.release();
		}
	}

}
