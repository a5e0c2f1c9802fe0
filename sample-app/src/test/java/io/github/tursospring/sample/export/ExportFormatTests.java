package io.github.tursospring.sample.export;

import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import io.github.tursospring.auditlog.AuditLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ExportFormat} and its texts.
 */
class ExportFormatTests {

	private static final AuditLog ENTRY = AuditLog.builder()
		.code("db-create")
		.message("a, \"b\"\nc")
		.author("iku")
		.createdAt(Instant.parse("2026-01-01T00:00:00Z"))
		.data(Map.of("database", "orders"))
		.latitude("-12.9716")
		.longitude("77.5946")
		.build();

	@Test
	void csvShouldBeReadBack() throws Exception {
		String csv = write(ExportFormat.CSV, ENTRY, AuditLog.builder().build());
		assertThat(csv).startsWith("id,created_at,code,").contains("\r\n").contains("\"a, \"\"b\"\"\nc\"");
		List<CSVRecord> records = CSVFormat.RFC4180.builder()
			.setHeader()
			.setSkipHeaderRecord(true)
			.get()
			.parse(new StringReader(csv))
			.getRecords();
		assertThat(records).hasSize(2);
		assertThat(records.get(0).get("message")).isEqualTo(ENTRY.message());
		assertThat(records.get(0).get("latitude")).isEqualTo("-12.9716");
		assertThat(records.get(0).get("data")).isEqualTo("{\"database\":\"orders\"}");
		assertThat(records.get(0).get("id")).isEqualTo(ENTRY.id());
	}

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "\uFF1D1+1",
			"\uFF0B1", "\uFF0D1", "\uFF20SUM(A1)", " =1", "\u00A0=1", "\uFEFF=1", "\u200B=1", "\u2028=1" })
	void csvShouldHoldNoFormula(String formula) throws Exception {
		AuditLog entry = AuditLog.builder()
			.code(formula)
			.message(formula)
			.author(formula)
			.origin(formula)
			.ip(formula)
			.city(formula)
			.countryCode(formula)
			.longitude("=1")
			.latitude("-1+cmd")
			.build();
		CSVRecord record = CSVFormat.RFC4180.parse(new StringReader(CsvRecord.of(ExportedEntry.of("acme", entry))))
			.getRecords()
			.get(0);
		assertThat(record.get(5)).isEqualTo("'" + formula);
		assertThat(CSVFormat.RFC4180
			.parse(new StringReader(
					CsvRecord.of(ExportedEntry.of("acme", AuditLog.builder().message("\0" + formula).build()))))
			.getRecords()
			.get(0)
			.get(5)).startsWith("'\uFFFD");
		assertThat(record.toList()).allSatisfy((field) -> assertThat(field)
			.matches((text) -> text.isEmpty() || !"=+-@\t\r\n".contains(text.substring(0, 1))));
	}

	@ParameterizedTest
	@CsvSource({ "0", "1", "3" })
	void jsonShouldBeAnArrayAndNdjsonHaveALineForEach(int count) {
		AuditLog[] entries = Flux.range(0, count).map((i) -> ENTRY).collectList().block().toArray(AuditLog[]::new);
		JsonMapper json = JsonMapper.shared();
		assertThat(json.readValue(write(ExportFormat.JSON, entries), AuditLog[].class)).containsExactly(entries);
		String ndjson = write(ExportFormat.NDJSON, entries);
		assertThat(ndjson.lines().map((line) -> json.readValue(line, AuditLog.class))).containsExactly(entries);
	}

	@Test
	void ofNameShouldIgnoreCaseAndRefuseOthers() {
		assertThat(ExportFormat.of("NdJson")).isSameAs(ExportFormat.NDJSON);
		assertThatIllegalArgumentException().isThrownBy(() -> ExportFormat.of("xml"));
	}

	@Test
	void ocsfShouldHaveAnEventALine() {
		assertThat(write(ExportFormat.OCSF, ENTRY, ENTRY).lines()).hasSize(2)
			.allSatisfy((line) -> assertThat(JsonMapper.shared().readTree(line).get("class_uid").intValue())
				.isEqualTo(3004));
	}

	private static String write(ExportFormat format, AuditLog... entries) {
		StringBuilder text = new StringBuilder(format.start());
		for (int i = 0; i < entries.length; i++) {
			text.append(format.text(List.of(ExportedEntry.of("acme", entries[i])), i == 0));
		}
		return text.append(format.end()).toString();
	}

}
