package dev.anvil.objects.manifests;

import dev.anvil.kernel.ObjectKey;
import java.time.Instant;

/**
 * A manifest without its content.
 *
 * @param key its name
 * @param revision from 1; also its entity tag
 * @param size bytes
 * @param sha256 of the content
 * @param contentType or null
 * @param changedAt time of the commit
 * @param changedBy actor
 * @param cursor of the change
 */
public record ManifestInfo(
    ObjectKey key,
    long revision,
    int size,
    byte[] sha256,
    String contentType,
    Instant changedAt,
    String changedBy,
    long cursor) {}
