package io.github.tursospring.sample.export;

/**
 * How far an export has come: what has been written up to here is safe.
 *
 * @param what what is exported; another export cannot go on from here
 * @param token the position in the log after what has been written
 * @param length length of what has been written, in bytes
 * @param entries number of entries written
 */
record ExportState(String what, String token, long length, long entries) {
}
