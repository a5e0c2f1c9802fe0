package io.github.tursospring.auditlog.internal.http;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PageDecoder}.
 */
class PageDecodingTests {

	@Test
	void paginationMayStandAnywhere() {
		SourcePage page = decode("{'pagination':{'page':1,'page_size':2,'total_pages':3,'total_rows':4},'x':[{}],"
				+ "'audit_logs':[{}]}");
		assertThat(page).isEqualTo(new SourcePage(page.rows(), 1, 2, 3, 4L));
		assertThat(page.rows()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",'pagination':null", ",'pagination':{}", ",'pagination':[1,2]", ",'pagination':'x'",
			",'pagination':{'page':null,'page_size':'2','total_pages':[3],'total_rows':{'a':4}}",
			",'pagination':{'page':-1,'page_size':-2,'total_pages':-3,'total_rows':-4}",
			",'pagination':{'page':1.5,'page_size':2.5,'total_pages':true,'total_rows':false}" })
	void paginationMayBeAbsentOrOfAnotherForm(String pagination) {
		assertThat(decode("{'audit_logs':[]" + pagination + "}"))
			.isEqualTo(new SourcePage(List.of(), null, null, null, null));
	}

	@Test
	void anyPartOfThePaginationMayBeAbsent() {
		assertThat(decode("{'audit_logs':[],'pagination':{'total_rows':5000000000,'sort':{'by':'created_at'}}}"))
			.isEqualTo(new SourcePage(List.of(), null, null, null, 5_000_000_000L));
	}

	@Test
	void otherMembersArePassedOver() {
		assertThat(decode("{'a':{'audit_logs':[1]},'audit_logs':[{'code':'x'}],'b':[[{}]]}").rows()).hasSize(1);
	}

	@Test
	void rowsKeepWhatTheyHold() {
		String deep = "{'a':".repeat(900) + "1" + "}".repeat(900);
		SourcePage page = decode(
				"{'audit_logs':[{'data':" + deep + "},{'data':{'n':123456789012345678901234567890}}]}");
		assertThat(page.rows().get(0).data()).containsOnlyKeys("a");
		assertThat(page.rows().get(1).data()).containsEntry("n", new BigInteger("123456789012345678901234567890"));
	}

	@Test
	void aLongTextIsNoObstacle() {
		String text = "x".repeat(30_000_000);
		assertThat(decode("{'audit_logs':[{'message':'" + text + "'}]}").rows().get(0).message()).hasSize(30_000_000);
	}

	private static SourcePage decode(String json) {
		return PageDecoder.decode(new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
	}

}
