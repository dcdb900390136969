package dev.anvil.ports.journal;

/**
 * What rebuilds the receipt of a version.
 *
 * @param size bytes
 * @param etag without quotes
 * @param sha256 of the bytes, or of the parts' hashes, or null
 */
public record Payload(long size, String etag, byte[] sha256) {}
