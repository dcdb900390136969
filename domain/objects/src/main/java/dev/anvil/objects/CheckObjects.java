package dev.anvil.objects;

import dev.anvil.journal.SubjectCheck;
import dev.anvil.kernel.ByteRange;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads every version of every bucket to its last byte and compares it with its recorded length and
 * hash, and recounts buckets. Counts are derived, so wrong ones are written anew; versions are
 * facts, so what is wrong with them is only told.
 */
public final class CheckObjects implements SubjectCheck {
  private static final int SLICE = 500;
  private static final String NEEDED = "needed: restore it from a backup, or delete the version";

  private final Partitions partitions;
  private final BodyStore bodies;

  /** Over a node that serves nobody. */
  public CheckObjects(Partitions partitions, BodyStore bodies) {
    this.partitions = partitions;
    this.bodies = bodies;
  }

  @Override
  public void check(PartitionId id, boolean rebuild, Report report) {
    Partition partition = partitions.get(id);
    byte[] buckets = new KeyWriter(KeySpace.BUCKETS).u8(1).toBytes();
    walk(
        partition,
        KeyRange.prefix(buckets),
        report,
        e -> {
          BucketRecord bucket = BucketCodec.decode(e.value());
          if (bucket.state() != BucketState.CLOSING) {
            bucket(partition, bucket, rebuild, report);
          }
        });
  }

  private void bucket(Partition partition, BucketRecord bucket, boolean rebuild, Report report) {
    long[] counted = new long[4];
    byte[] live = ObjectsRecords.live(bucket.id(), new byte[0]);
    boolean whole =
        walk(
            partition,
            KeyRange.prefix(live),
            report,
            e -> {
              VersionRecord v = VersionCodec.decode(e.value());
              counted[0]++;
              counted[1]++;
              counted[3] += v.size();
              version(partition, bucket, ObjectsRecords.liveKey(e.key()), v, report);
            });
    whole &=
        walk(
            partition,
            KeyRange.prefix(ObjectsRecords.versions(bucket.id())),
            report,
            e -> {
              VersionRecord v = VersionCodec.decode(e.value());
              counted[v.marker() ? 2 : 1]++;
              counted[3] += v.size();
              version(partition, bucket, ObjectsRecords.versionKey(e.key()), v, report);
            });
    if (whole) {
      // with a record that cannot be read the count would be a guess
      counters(partition, bucket, counted, rebuild, report);
    }
  }

  private void counters(
      Partition partition, BucketRecord bucket, long[] counted, boolean rebuild, Report report) {
    BucketCounters stored;
    try {
      stored = partition.read(tx -> BucketTx.readCounters(tx, bucket.id()));
    } catch (Corrupt e) {
      report.found("bucket-counters", name(bucket), "a readable record", e.getMessage(), NEEDED);
      return;
    }
    BucketCounters right =
        new BucketCounters(
            counted[0],
            counted[1],
            counted[2],
            counted[3],
            stored.uploads(),
            stored.uploadBytes(),
            stored.manifests(),
            stored.streams(),
            stored.otherBytes());
    if (!right.equals(stored)) {
      if (rebuild) {
        partition.write(tx -> {
          tx.put(ObjectsRecords.counters(bucket.id()), BucketCodec.encode(right));
          return null;
        });
      }
      report.found(
          "bucket-counters",
          name(bucket),
          right.toString(),
          stored.toString(),
          rebuild ? "taken: counted anew" : "needed: anvil repair without --dry-run");
    }
  }

  private static String name(BucketRecord bucket) {
    return "bucket " + bucket.name().value();
  }

  private void version(
      Partition partition, BucketRecord bucket, byte[] key, VersionRecord v, Report report) {
    if (v.marker()) {
      return;
    }
    String subject =
        name(bucket)
            + " key "
            + new String(key, StandardCharsets.UTF_8)
            + " version "
            + v.id().text();
    try {
      MessageDigest sha256 = sha256();
      // what is encrypted is proved by the checksums of its stored bytes: no key is at hand here
      boolean sealed = v.protection().sealing() != null;
      long length = sealed ? stored(partition, v) : v.size();
      long size = read(partition, v, length, sha256);
      byte[] actual = sha256.digest();
      if (size != length) {
        report.found("version-length", subject, length + " bytes", size + " bytes", NEEDED);
      } else if (!sealed
          && v.parts() == 0
          && v.sha256() != null
          && !Arrays.equals(actual, v.sha256())) {
        HexFormat hex = HexFormat.of();
        report.found(
            "version-hash", subject, hex.formatHex(v.sha256()), hex.formatHex(actual), NEEDED);
      }
      structured(partition, v);
    } catch (AnvilException e) {
      report.found("version-readable", subject, "every byte", e.getMessage(), NEEDED);
    }
  }

  /** Bytes of a version as they are stored. */
  private static long stored(Partition partition, VersionRecord v) {
    Iterator<BodySlice> slices =
        switch (v.body()) {
          case VersionBody.Slices s -> s.slices().iterator();
          case VersionBody.Listed l -> new ListedSlices(partition, l);
          case VersionBody.Empty _ -> Collections.emptyIterator();
          case VersionBody.Inline _ -> null;
        };
    if (slices == null) {
      return partition.read(tx -> VersionContent.inline(tx, v)).length;
    }
    long sum = 0;
    while (slices.hasNext()) {
      sum += slices.next().length();
    }
    return sum;
  }

  private long read(Partition partition, VersionRecord v, long length, MessageDigest sha256) {
    byte[] inline = partition.read(tx -> VersionContent.inline(tx, v));
    if (inline != null) {
      sha256.update(inline);
      return inline.length;
    }
    ByteRange all = new ByteRange(0, length);
    BodyReader reader =
        switch (v.body()) {
          case VersionBody.Slices s ->
              new SliceReader(bodies, s.slices().iterator(), all, v.id(), null);
          case VersionBody.Listed l ->
              new SliceReader(bodies, new ListedSlices(partition, l), all, v.id(), null);
          case VersionBody.Empty e -> throw new IllegalStateException("empty bodies are inline");
          case VersionBody.Inline i -> throw new IllegalStateException("inline bodies are read");
        };
    long size = 0;
    try (reader) {
      for (ByteBuffer b = reader.next(); b != null; b = reader.next()) {
        size += b.remaining();
        sha256.update(b);
      }
    }
    return size;
  }

  private static void structured(Partition partition, VersionRecord v) {
    if (v.structured() instanceof Structured.Apart a) {
      byte[] json = partition.read(tx -> tx.get(ObjectsRecords.metadata(a.cursor())));
      if (json == null || json.length != a.length()) {
        throw new Corrupt("its structured metadata is lost");
      }
    }
  }

  /** Tells every entry of a range; false if one could not be read. */
  private static boolean walk(
      Partition partition, KeyRange range, Report report, Consumer<Entry> each) {
    KeyRange rest = range;
    boolean whole = true;
    while (rest != null) {
      KeyRange now = rest;
      List<Entry> slice =
          partition.read(tx -> {
            List<Entry> some = new ArrayList<>();
            try (EntryCursor c = tx.scan(now, Order.ASCENDING)) {
              while (some.size() < SLICE && c.next()) {
                some.add(new Entry(c.key().clone(), valueOf(c)));
              }
            }
            return some;
          });
      rest = slice.isEmpty() ? null : now.after(slice.getLast().key());
      for (Entry e : slice) {
        whole &= tell(e, report, each);
      }
    }
    return whole;
  }

  private static boolean tell(Entry e, Report report, Consumer<Entry> each) {
    if (e.value() == null) {
      // the walk over all records tells of it
      return false;
    }
    try {
      each.accept(e);
      return true;
    } catch (Corrupt c) {
      report.found(
          "record-readable",
          "key " + HexFormat.of().formatHex(e.key()),
          "a record of its kind",
          c.getMessage(),
          NEEDED);
      return false;
    }
  }

  private static byte[] valueOf(EntryCursor c) {
    try {
      return c.value().clone();
    } catch (Corrupt e) {
      return null;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
