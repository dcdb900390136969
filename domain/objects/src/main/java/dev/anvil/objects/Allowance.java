package dev.anvil.objects;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;

/**
 * How much of its tenant's quota a bucket has drawn from the directory; it may grow that far on its
 * own. The newest version counts.
 *
 * @param objects keys with a current object
 * @param bytes of all versions, open uploads, manifests and streams
 * @param version grows with every change of the directory's record
 */
public record Allowance(long objects, long bytes, long version) {
  private static final long UNBOUNDED = -1;

  /** Of a bucket whose tenant has no quota. */
  static final Allowance UNMETERED = new Allowance(UNBOUNDED, UNBOUNDED, 0);

  /** Of a new bucket whose tenant has one. */
  static final Allowance NOTHING = new Allowance(0, 0, 0);

  /** Whether there is a bound. */
  boolean metered() {
    return objects != UNBOUNDED;
  }

  /** Whether the bucket may grow so on its own; what does not grow is always fine. */
  boolean admits(BucketCounters after, BucketCounters change) {
    return !metered()
        || (change.objects() <= 0 || after.objects() <= objects)
            && (change.totalBytes() <= 0 || after.totalBytes() <= bytes);
  }

  void write(RecordWriter out) {
    out.varint(objects + 1).varint(bytes + 1).varint(version);
  }

  static Allowance read(RecordReader in) {
    Allowance found = new Allowance(in.varint() - 1, in.varint() - 1, in.varint());
    if (found.objects < UNBOUNDED || found.bytes < UNBOUNDED || found.version < 0) {
      throw new Corrupt("an allowance is below nothing");
    }
    return found;
  }
}
