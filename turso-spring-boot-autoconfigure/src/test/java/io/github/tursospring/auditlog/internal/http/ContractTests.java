package io.github.tursospring.auditlog.internal.http;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import io.github.tursospring.auditlog.TursoProtocolException;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for answers of status 200 that are no page of an audit log: each is an error that
 * says so, at once.
 */
class ContractTests {

	@RegisterExtension
	static final TursoServer turso = new TursoServer();

	@Test
	void fetchWhenBodyIsHtmlShouldFail() {
		assertRefused(okForContentType("text/html", "<html><h1>Welcome</h1></html>"), "text/html");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{]", "{'audit_logs': []}", "{\"audit_logs\": [,]}", "audit_logs",
			"{\"audit_logs\": []} x", "{\"audit_logs\": []}{}", "{\"audit_logs\": [{\"code\": \"a\\x\"}]}",
			"{\"audit_logs\": [{\"n\": 01}]}", "{\"audit_logs\": [{\"n\": NaN}]}", "\u0000\u0001" })
	void fetchWhenJsonIsMalformedShouldFail(String body) {
		assertRefused(okJson(body), "application/json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"audit_logs\": null}", "{\"audit_logs\": {}}", "{\"audit_logs\": \"[]\"}",
			"{\"audit_logs\": 7}", "{\"pagination\": {\"page\": 1}}", "{\"auditLogs\": []}", "{\"data\": []}",
			"{\"error\": \"what went wrong\"}" })
	void fetchWhenListOfEntriesIsMissingShouldFail(String body) {
		assertRefused(okJson(body), "audit_logs");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "[{\"code\": \"db-create\"}]", "\"text\"", "7", "null", "true" })
	void fetchWhenBodyIsNotObjectShouldFail(String body) {
		assertRefused(okJson(body), "must be a JSON object");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "\"row\"", "7", "[]", "[{}]", "{}, null" })
	void fetchWhenRowIsNotObjectShouldFail(String rows) {
		assertRefused(okJson("{\"audit_logs\": [" + rows + "]}"), "An audit log entry must be a JSON object");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			page,        99999999999999999999
			page,        2147483648
			page_size,   2147483648
			total_pages, 2147483648
			total_rows,  99999999999999999999
			""")
	void fetchWhenNumberIsOutOfRangeShouldFail(String name, String value) {
		assertRefused(okJson("{\"audit_logs\": [], \"pagination\": {\"" + name + "\": " + value + "}}"),
				"'" + name + "' is larger than " + (name.equals("total_rows") ? Long.MAX_VALUE : Integer.MAX_VALUE));
	}

	@Test
	void fetchWhenDataIsTooDeepShouldFail() {
		String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
		assertRefused(okJson("{\"audit_logs\": [{\"data\": " + deep + "}]}"), "depth");
	}

	@Test
	void fetchWhenContentTypeIsUnexpectedShouldNameIt() {
		assertRefused(aResponse().withStatus(200).withHeader("Content-Type", "garbage").withBody("<html>"), "garbage");
	}

	@ParameterizedTest
	@ValueSource(ints = { 201, 202, 204, 206 })
	void fetchWhenStatusIsOtherSuccessShouldFail(int status) {
		assertRefused(jsonResponse("{\"audit_logs\": []}", status), String.valueOf(status));
	}

	@Test
	void fetchShouldNotDependOnContentType() {
		turso.answers(okForContentType("garbage", "{\"audit_logs\": []}"));
		StepVerifier.create(turso.endpoint(TursoServer.NO_RETRIES).of("acme").fetch(1, 100))
			.assertNext((page) -> assertThat(page.rows()).isEmpty())
			.expectComplete()
			.verify(TursoServer.PATIENCE);
	}

	private static void assertRefused(ResponseDefinitionBuilder answer, String what) {
		turso.answers(answer);
		StepVerifier.create(turso.endpoint(TursoServer.retries(2)).of("acme").fetch(1, 100))
			.expectErrorSatisfies((ex) -> assertThat(ex).isExactlyInstanceOf(TursoProtocolException.class)
				.hasMessageStartingWith(
						"The response with the audit log of organization 'acme' is not what Turso's API documents: ")
				.hasMessageContaining(what)
				.hasMessageContaining("turso.base-url"))
			.verify(TursoServer.PATIENCE);
		assertThat(turso.requests()).isEqualTo(1);
	}

}
