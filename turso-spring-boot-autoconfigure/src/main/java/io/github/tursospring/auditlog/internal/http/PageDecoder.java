package io.github.tursospring.auditlog.internal.http;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import io.github.tursospring.auditlog.AuditLog;

/**
 * Decodes a page straight from the tokens of its JSON, independently of how the
 * application configures Jackson for itself.
 */
final class PageDecoder {

	/**
	 * Jackson writes 500 levels. What reads a page writes its entries too, inside of
	 * other structures.
	 */
	private static final int MAX_NESTING = 400;

	/** Bounds the memory of a page of many small values: about 100 bytes a token. */
	private static final int MAX_TOKENS = 500_000;

	private static final int MAX_ROWS = 1000;

	/** The largest value of each number of a pagination. */
	private static final Map<String, Long> LARGEST = Map.of("page", (long) Integer.MAX_VALUE, "page_size",
			(long) Integer.MAX_VALUE, "total_pages", (long) Integer.MAX_VALUE, "total_rows", Long.MAX_VALUE);

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_NESTING)
				.maxTokenCount(MAX_TOKENS)
				.maxStringLength(Integer.MAX_VALUE)
				.maxNumberLength(10_000)
				.build())
			.build())
		.addModule(new SimpleModule().addDeserializer(SourcePage.class, new SourcePageDeserializer()))
		.build();

	private PageDecoder() {
	}

	/**
	 * Decode a page. One with more rows than any page can have is refused before it fills
	 * the memory. Lone surrogates are kept: in names, Jackson refuses those of bytes, but
	 * not those of characters.
	 * @param body the body of the response
	 * @return the page
	 */
	static SourcePage decode(ResponseBody body) {
		ObjectReader reader = MAPPER.readerFor(SourcePage.class);
		try {
			return reader.readValue(body.bytes(), 0, body.length());
		}
		catch (StreamReadException ex) {
			if (!ex.getOriginalMessage().contains("surrogate")) {
				throw ex;
			}
			return reader.readValue(characters(body, ex));
		}
	}

	/** Unlike a string's constructor, a decoder reports bytes that are not UTF-8. */
	private static String characters(ResponseBody body, StreamReadException failure) {
		try {
			return StandardCharsets.UTF_8.newDecoder()
				.decode(ByteBuffer.wrap(body.bytes(), 0, body.length()))
				.toString()
				.replaceFirst("^\ufeff", "");
		}
		catch (CharacterCodingException ex) {
			throw failure;
		}
	}

	static @Nullable ErrorBody decodeError(String body) {
		return ErrorBody.from(MAPPER.readTree(body));
	}

	private static final class SourcePageDeserializer extends ValueDeserializer<SourcePage> {

		@Override
		public SourcePage deserialize(JsonParser parser, DeserializationContext context) {
			if (parser.currentToken() != JsonToken.START_OBJECT) {
				context.reportInputMismatch(this, "a page must be a JSON object, but was %s", parser.currentToken());
			}
			List<AuditLog> rows = null;
			Map<String, Long> pagination = null;
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				JsonToken value = parser.nextToken();
				if (name.equals("audit_logs") && value == JsonToken.START_ARRAY) {
					if (rows != null) {
						context.reportInputMismatch(this, "it has more than one list 'audit_logs'");
					}
					rows = readRows(parser, context);
				}
				else if (name.equals("pagination") && value == JsonToken.START_OBJECT) {
					if (pagination != null) {
						context.reportInputMismatch(this, "it has more than one 'pagination'");
					}
					pagination = readPagination(parser, context);
				}
				else {
					parser.skipChildren();
				}
			}
			if (rows == null) {
				return context.reportInputMismatch(this, "it has no list 'audit_logs'");
			}
			return toPage(rows, (pagination != null) ? pagination : Map.of());
		}

		@Override
		public SourcePage getNullValue(DeserializationContext context) {
			return context.reportInputMismatch(this, "a page must be a JSON object, but was null");
		}

		private static List<AuditLog> readRows(JsonParser parser, DeserializationContext context) {
			ValueDeserializer<Object> entries = context
				.findRootValueDeserializer(context.constructType(AuditLog.class));
			List<AuditLog> rows = new ArrayList<>(128);
			while (parser.nextToken() != JsonToken.END_ARRAY) {
				if (rows.size() == MAX_ROWS) {
					context.reportInputMismatch(AuditLog.class,
							"it has more than %d rows, the most that a page can have", MAX_ROWS);
				}
				rows.add((AuditLog) entries.deserialize(parser, context));
			}
			return rows;
		}

		private static Map<String, Long> readPagination(JsonParser parser, DeserializationContext context) {
			Map<String, Long> pagination = new HashMap<>();
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				Long largest = LARGEST.get(name);
				if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT || largest == null) {
					parser.skipChildren();
					continue;
				}
				BigInteger number = parser.getBigIntegerValue();
				if (number.compareTo(BigInteger.valueOf(largest)) > 0) {
					context.reportInputMismatch(SourcePage.class, "'%s' is larger than %d", name, largest);
				}
				if (number.signum() >= 0 && pagination.put(name, number.longValue()) != null) {
					context.reportInputMismatch(SourcePage.class, "it has more than one '%s'", name);
				}
			}
			return pagination;
		}

		private static SourcePage toPage(List<AuditLog> rows, Map<String, Long> pagination) {
			return new SourcePage(rows, toInteger(pagination.get("page")), toInteger(pagination.get("page_size")),
					toInteger(pagination.get("total_pages")), pagination.get("total_rows"));
		}

		private static @Nullable Integer toInteger(@Nullable Long value) {
			return (value != null) ? value.intValue() : null;
		}

	}

}
