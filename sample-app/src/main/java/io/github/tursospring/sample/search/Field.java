package io.github.tursospring.sample.search;

import java.util.Locale;

import org.springframework.util.StringUtils;

import io.github.tursospring.sample.archive.Facet;

/**
 * What entries can be filtered by: columns of the table {@code facet}.
 */
public enum Field {

	/** The kind of action. */
	KIND,

	/** The code. */
	CODE,

	/** The author. */
	AUTHOR,

	/** The origin. */
	ORIGIN;

	/** Return the name that parameters, JSON and the database use. */
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Return the name of the parameter that excludes values. */
	public String excluding() {
		return "not" + StringUtils.capitalize(value());
	}

	String of(Facet facet) {
		return switch (this) {
			case KIND -> facet.kind().value();
			case CODE -> facet.code();
			case AUTHOR -> facet.author();
			case ORIGIN -> facet.origin();
		};
	}

}
