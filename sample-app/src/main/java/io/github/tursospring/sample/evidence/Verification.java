package io.github.tursospring.sample.evidence;

import java.util.List;

/**
 * What a verification came to.
 *
 * @param ok whether everything fits
 * @param entries number of entries whose hashes were computed anew
 * @param seals number of seals that were checked
 * @param findings what does not fit, in the order of the chain
 * @param notProven what this verification says nothing about
 */
public record Verification(boolean ok, long entries, long seals, List<Finding> findings, List<String> notProven) {
}
