package io.github.tursospring.sample.archive;

/**
 * What entries are counted and filtered by. Every entry has one; each combination is
 * stored once.
 *
 * @param organization the organization's slug
 * @param kind the kind of action
 * @param code the code, empty for an entry without one
 * @param author the author, empty for an entry without one
 * @param origin the origin, empty for an entry without one
 */
public record Facet(String organization, ActionKind kind, String code, String author, String origin) {
}
