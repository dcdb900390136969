package dev.anvil.objects.streams;

import dev.anvil.kernel.ObjectKey;
import java.time.Instant;
import java.util.Map;

/**
 * A stream without its records.
 *
 * @param key its name
 * @param createdAt time of the creating commit
 * @param changedAt time of the last append, or of the seal
 * @param contentType of the records, or null
 * @param metadata names and values
 * @param records how many; the next gets this number plus one
 * @param bytes of all records
 * @param link hash of the last append; see {@link StreamHashes}
 * @param sealHash null while open
 */
public record StreamInfo(
    ObjectKey key,
    Instant createdAt,
    Instant changedAt,
    String contentType,
    Map<String, String> metadata,
    long records,
    long bytes,
    byte[] link,
    byte[] sealHash) {
  /** Whether nothing can be appended any more. */
  public boolean sealed() {
    return sealHash != null;
  }
}
