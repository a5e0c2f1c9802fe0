package io.github.tursospring.auditlog;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.tursospring.auditlog.AuditLogQuery.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link AuditLogQuery} and its builder.
 */
class AuditLogQueryTests {

	private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

	private static final Instant END = Instant.parse("2024-02-01T00:00:00Z");

	static final List<UnaryOperator<AuditLogQuery.Builder>> PARTS = List.of((query) -> query.organization("acme"),
			(query) -> query.pageSize(500), (query) -> query.pageToken("token"), (query) -> query.order(Order.ASC),
			(query) -> query.startTime(START), (query) -> query.endTime(END), (query) -> query.code("db-create"),
			(query) -> query.author("iku"), (query) -> query.origin("cli"));

	@Test
	void allShouldHaveNoSettings() {
		AuditLogQuery all = AuditLogQuery.all();
		assertThat(all).isEqualTo(AuditLogQuery.builder().build())
			.hasToString("AuditLogQuery[organization=null, pageSize=null, page=null, pageToken=null, order=null,"
					+ " startTime=null, endTime=null, codes=[], authors=[], origins=[]]");
		assertThat(all.page()).isNull();
		assertThat(all.codes()).isEmpty();
	}

	@Test
	void buildShouldHaveSettingsOfBuilder() {
		AuditLogQuery query = full().build();
		assertThat(query.organization()).isEqualTo("acme");
		assertThat(query.pageSize()).isEqualTo(500);
		assertThat(query.pageToken()).isEqualTo("token");
		assertThat(query.order()).isEqualTo(Order.ASC);
		assertThat(query.startTime()).isEqualTo(START);
		assertThat(query.endTime()).isEqualTo(END);
		assertThat(query.codes()).containsExactly("db-create", "db-delete");
		assertThat(query.authors()).containsExactly("iku");
		assertThat(query.origins()).containsExactly("cli");
		assertThat(AuditLogQuery.builder().page(3).build().page()).isEqualTo(3);
	}

	@Test
	void buildWhenFiltersAreRepeatedShouldHaveAllValues() {
		AuditLogQuery query = AuditLogQuery.builder()
			.code("db-create", "db-delete")
			.code(AuditLogCode.DB_PROTECT)
			.code("db-create")
			.author("iku")
			.author("jo", "kim")
			.origin("cli")
			.origin("web")
			.build();
		assertThat(query.codes()).containsExactly("db-create", "db-delete", "db-protect");
		assertThat(query.authors()).containsExactly("iku", "jo", "kim");
		assertThat(query.origins()).containsExactly("cli", "web");
	}

	@Test
	void toBuilderShouldCopyQuery() {
		AuditLogQuery query = full().build();
		assertThat(query.toBuilder().build()).isEqualTo(query).hasSameHashCodeAs(query);
		AuditLogQuery changed = query.toBuilder().code("org-create").pageToken(null).build();
		assertThat(changed.codes()).containsExactly("db-create", "db-delete", "org-create");
		assertThat(changed.pageToken()).isNull();
		assertThat(query).isEqualTo(full().build());
	}

	@Test
	void toBuilderShouldKeepPage() {
		AuditLogQuery query = AuditLogQuery.builder().page(3).pageSize(10).build();
		assertThat(query.toBuilder().build()).isEqualTo(query);
		assertThat(query.toBuilder().page(4).build().page()).isEqualTo(4);
	}

	@Test
	void buildShouldCopyBuilder() {
		AuditLogQuery.Builder builder = AuditLogQuery.builder().code("db-create");
		AuditLogQuery query = builder.build();
		builder.code("db-delete");
		assertThat(query.codes()).containsExactly("db-create");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> query.codes().add("x"));
	}

	@ParameterizedTest
	@FieldSource("PARTS")
	void equalsShouldCompareSettings(UnaryOperator<AuditLogQuery.Builder> part) {
		AuditLogQuery query = part.apply(AuditLogQuery.builder()).build();
		assertThat(query).isEqualTo(part.apply(AuditLogQuery.builder()).build()).isNotEqualTo(AuditLogQuery.all());
		assertThat(query.toString()).isNotEqualTo(AuditLogQuery.all().toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "acme", "a", "0", "Acme-2", "a-", "A1-b2-C3" })
	void organizationShouldAcceptSlugs(String slug) {
		assertThat(AuditLogQuery.builder().organization(slug).build().organization()).isEqualTo(slug);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "-acme", "acme corp", "acme/..", "acme?x", "acme%2F", "acme\n", "äcme", "a.b",
			"a_b", "{organization}" })
	void organizationWhenNotSlugShouldFail(String slug) {
		assertRefused((query) -> query.organization(slug),
				"organization must be a slug of letters, digits and hyphens ([a-zA-Z0-9][a-zA-Z0-9-]*), not '" + slug
						+ "'");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 100, 1000 })
	void pageSizeShouldAcceptRange(int pageSize) {
		assertThat(AuditLogQuery.builder().pageSize(pageSize).build().pageSize()).isEqualTo(pageSize);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 1001, Integer.MAX_VALUE, Integer.MIN_VALUE })
	void pageSizeWhenOutOfRangeShouldFail(int pageSize) {
		assertRefused((query) -> query.pageSize(pageSize), "pageSize must be from 1 to 1000, not " + pageSize);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, Integer.MIN_VALUE })
	void pageWhenOutOfRangeShouldFail(int page) {
		assertRefused((query) -> query.page(page), "page must be 1 or more, not " + page);
	}

	@Test
	void buildWhenPageIsCombinedShouldFail() {
		assertRefusedBesidePage((query) -> query.pageToken("token"), "pageToken");
		assertRefusedBesidePage((query) -> query.order(Order.ASC), "order");
		assertRefusedBesidePage((query) -> query.order(Order.DESC), "order");
		assertRefusedBesidePage((query) -> query.startTime(START), "startTime or endTime");
		assertRefusedBesidePage((query) -> query.endTime(END), "startTime or endTime");
		assertRefusedBesidePage((query) -> query.code("db-create"), "code, author or origin");
		assertRefusedBesidePage((query) -> query.author("iku"), "code, author or origin");
		assertRefusedBesidePage((query) -> query.origin("cli"), "code, author or origin");
		assertThat(AuditLogQuery.builder().page(1).organization("acme").pageSize(10).build().page()).isEqualTo(1);
	}

	@Test
	void buildWhenStartIsAfterEndShouldFail() {
		assertRefused((query) -> query.startTime(END).endTime(START).build(),
				"startTime must not be after endTime, but 2024-02-01T00:00:00Z is after 2024-01-01T00:00:00Z");
	}

	@Test
	void buildWhenRangeIsEmptyShouldSucceed() {
		assertThat(AuditLogQuery.builder().startTime(START).endTime(START).build().endTime()).isEqualTo(START);
	}

	@Test
	void buildWhenSettingsAreNullShouldUnsetThem() {
		assertThat(full().organization(null).pageToken(null).startTime(null).endTime(null).build())
			.isEqualTo(AuditLogQuery.builder()
				.pageSize(500)
				.order(Order.ASC)
				.code("db-create", "db-delete")
				.author("iku")
				.origin("cli")
				.build());
		assertThatNullPointerException().isThrownBy(() -> AuditLogQuery.builder().order(null)).withMessage("order");
	}

	@Test
	void equalsShouldNotDependOnOrderOfFilters() {
		assertThat(AuditLogQuery.builder().code("a", "b").build())
			.isEqualTo(AuditLogQuery.builder().code("b", "a").build());
		assertThat(AuditLogQuery.builder().code("a").build().codes()).isEqualTo(Set.of("a"));
	}

	private static void assertRefusedBesidePage(UnaryOperator<AuditLogQuery.Builder> part, String what) {
		assertRefused((query) -> part.apply(query).page(1).build(),
				what + " cannot be combined with page: a numbered page is the API's own, newest first and unfiltered."
						+ " Leave page out and continue with nextPageToken.");
	}

	private static void assertRefused(Consumer<AuditLogQuery.Builder> building, String message) {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> building.accept(AuditLogQuery.builder()))
			.withMessage(message);
	}

	private static AuditLogQuery.Builder full() {
		return AuditLogQuery.builder()
			.organization("acme")
			.pageSize(500)
			.pageToken("token")
			.order(Order.ASC)
			.startTime(START)
			.endTime(END)
			.code("db-create", "db-delete")
			.author("iku")
			.origin("cli");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "\t" })
	void buildWhenFilterIsNullOrBlankShouldRefuseIt(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> AuditLogQuery.builder().code(value))
			.withMessageContaining("code");
		assertThatIllegalArgumentException().isThrownBy(() -> AuditLogQuery.builder().code("a", value))
			.withMessageContaining("code");
		assertThatIllegalArgumentException().isThrownBy(() -> AuditLogQuery.builder().author(value))
			.withMessageContaining("author");
		assertThatIllegalArgumentException().isThrownBy(() -> AuditLogQuery.builder().origin(value))
			.withMessageContaining("origin");
	}

	@Test
	void buildWhenCodesAreNullShouldRefuseThem() {
		assertThatIllegalArgumentException().isThrownBy(() -> AuditLogQuery.builder().code((AuditLogCode) null));
		assertThatIllegalArgumentException().isThrownBy(() -> AuditLogQuery.builder().code((AuditLogCode[]) null));
		assertThatIllegalArgumentException().isThrownBy(() -> AuditLogQuery.builder().code((String[]) null));
	}

	@Test
	void buildWhenOneFilterIsRefusedShouldKeepNoneOfTheCall() {
		AuditLogQuery.Builder builder = AuditLogQuery.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.author("iku", null));
		assertThat(builder.build().authors()).isEmpty();
	}

	@Test
	void ofShouldBuildWhatTheConsumerSets() {
		assertThat(AuditLogQuery.of((query) -> query.code("db-create").author("iku")))
			.isEqualTo(AuditLogQuery.builder().code("db-create").author("iku").build());
	}

}
