package io.github.tursospring.auditlog.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of the schema that events of Turso are of, as published by OCSF: attributes of
 * profiles and deprecated ones are left out.
 */
public final class OcsfSchema {

	private final JsonNode schema = JsonMapper.shared()
		.readTree(OcsfSchema.class.getResourceAsStream("ocsf-1.5.0.json"));

	private final List<String> violations = new ArrayList<>();

	/**
	 * Return what is wrong with an event.
	 * @param event the event
	 * @return the violations, by the paths of attributes
	 */
	public List<String> validate(JsonNode event) {
		this.violations.clear();
		String uid = event.path("class_uid").asString("");
		JsonNode type = this.schema.get("classes").get(uid);
		if (type == null) {
			return List.of("class_uid: no such class: " + uid);
		}
		object("", event, type);
		expect("category_uid", event, type.get("category_uid").longValue());
		expect("type_uid", event, event.path("class_uid").longValue() * 100 + event.path("activity_id").longValue());
		expect("class_name", event, type.get("caption").stringValue());
		expect("category_name", event, type.get("category").stringValue());
		expect("metadata.version", event.path("metadata"), "version", this.schema.get("version").stringValue());
		return List.copyOf(this.violations);
	}

	private void expect(String name, JsonNode parent, Object value) {
		expect(name, parent, name, value);
	}

	private void expect(String path, JsonNode parent, String name, Object value) {
		JsonNode actual = parent.path(name);
		Object found = actual.isNumber() ? (Object) actual.longValue() : actual.asString("");
		check(path, Objects.equals(found, value), "is " + actual + ", not " + value);
	}

	private void object(String path, JsonNode value, JsonNode type) {
		JsonNode attributes = type.get("attributes");
		check(path, value.isObject(), "is not an object");
		attributes.properties()
			.forEach((attribute) -> check(path + attribute.getKey(),
					!"required".equals(attribute.getValue().path("requirement").asString(""))
							|| value.has(attribute.getKey()),
					"is required"));
		value.properties().forEach((member) -> {
			JsonNode attribute = attributes.get(member.getKey());
			check(path + member.getKey(), attribute != null, "is no attribute");
			if (attribute != null) {
				attribute(path + member.getKey(), member.getValue(), attribute);
				caption(path + member.getKey(), value, attribute, attributes);
			}
		});
		for (JsonNode name : type.path("constraints").path("at_least_one")) {
			if (value.has(name.stringValue())) {
				return;
			}
		}
		check(path, !type.path("constraints").has("at_least_one"), "has none of " + type.path("constraints"));
	}

	/** The text beside an enumeration is the value's caption, except for "Other". */
	private void caption(String path, JsonNode parent, JsonNode attribute, JsonNode attributes) {
		JsonNode captions = attribute.path("enum");
		String name = path.substring(path.lastIndexOf('.') + 1);
		String sibling = name.equals("activity_id") ? "activity_name" : name.replaceAll("_id$", "");
		String value = parent.path(name).asString("");
		if (!captions.isMissingNode() && !value.equals("99") && attributes.has(sibling) && parent.has(sibling)) {
			check(path, captions.path(value).asString("").equals(parent.path(sibling).asString("")),
					"is " + captions.path(value) + ", but " + sibling + " is " + parent.path(sibling));
		}
	}

	private void attribute(String path, JsonNode value, JsonNode attribute) {
		if (attribute.has("array")) {
			check(path, value.isArray(), "is not an array");
			value.forEach((element) -> typed(path, element, attribute));
			return;
		}
		typed(path, value, attribute);
	}

	private void typed(String path, JsonNode value, JsonNode attribute) {
		String type = attribute.get("type").stringValue();
		if (this.schema.get("objects").has(type)) {
			object(path + ".", value, this.schema.get("objects").get(type));
			return;
		}
		JsonNode definition = this.schema.get("types").path(type);
		switch (definition.path("type").asString(type)) {
			case "integer_t" -> check(path, value.isInt(), "is not an integer: " + value);
			case "long_t" -> check(path, value.isIntegralNumber(), "is not a long: " + value);
			case "float_t" -> check(path, value.isNumber(), "is not a number: " + value);
			case "boolean_t" -> check(path, value.isBoolean(), "is not a boolean: " + value);
			case "string_t" -> check(path, value.isString(), "is not a string: " + value);
			case "object" -> check(path, value.isObject(), "is not an object: " + value);
			default -> check(path, type.equals("json_t"), "is of the unknown type " + type);
		}
		if (definition.has("regex")) {
			check(path, Pattern.compile(definition.get("regex").stringValue()).matcher(value.asString("")).find(),
					"does not match: " + value);
		}
		if (definition.has("max_len")) {
			check(path, value.asString("").length() <= definition.get("max_len").intValue(), "is too long: " + value);
		}
		if (attribute.has("enum")) {
			check(path, attribute.get("enum").has(value.asString("")), "is no value of the enumeration: " + value);
		}
	}

	private void check(String path, boolean holds, String violation) {
		if (!holds) {
			this.violations.add(path + " " + violation);
		}
	}

	/**
	 * Return an event as JSON.
	 * @param event the event
	 * @return its JSON
	 */
	public static JsonNode json(Map<String, Object> event) {
		return JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(event));
	}

}
