package dev.anvil.objects;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.rules.Protection;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.journal.Payload;
import java.util.List;
import java.util.Map;

/**
 * A change of something in a bucket that is not an object version: a stream, a manifest, an upload.
 *
 * @param key its name
 * @param version what the receipt shows as version, or null
 * @param payload size, entity tag and hash, or null
 * @param newBodies stored bodies that the commit makes reachable for the first time
 */
public record NamedChange(ObjectKey key, String version, Payload payload, List<BodyId> newBodies) {
  /** Copies the list. */
  public NamedChange {
    newBodies = List.copyOf(newBodies);
  }

  /** Without bytes. */
  public static NamedChange of(ObjectKey key, String version) {
    return new NamedChange(key, version, null, List.of());
  }

  /** With bytes that need no stored body. */
  public static NamedChange of(ObjectKey key, String version, Payload payload) {
    return new NamedChange(key, version, payload, List.of());
  }

  /** Appends its journal entry; gives the cursor. */
  public long append(BucketTx b, String kind) {
    return b.append(kind, key.utf8(), version, payload, newBodies);
  }

  /** Its receipt. */
  public Receipt receipt(BucketTx b, long cursor) {
    return b.receipt(key.text(), version, false, false, payload, 0, cursor);
  }

  /** Its receipt, with checksums kept. */
  public Receipt receipt(BucketTx b, long cursor, Map<DigestAlgorithm, byte[]> checksums) {
    return b.receipt(
        key.text(), version, false, false, payload, 0, cursor, checksums, Protection.NONE);
  }
}
