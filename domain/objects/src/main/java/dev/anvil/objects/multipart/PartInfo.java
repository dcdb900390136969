package dev.anvil.objects.multipart;

import dev.anvil.objects.DigestAlgorithm;
import java.time.Instant;
import java.util.Map;

/**
 * A stored part.
 *
 * @param number 1..10,000
 * @param etag hex MD5
 * @param size bytes
 * @param sha256 of the bytes; null where a customer's key hides them
 * @param modifiedAt time of the commit
 * @param checksums checksums kept
 */
public record PartInfo(
    int number,
    String etag,
    long size,
    byte[] sha256,
    Instant modifiedAt,
    Map<DigestAlgorithm, byte[]> checksums) {}
