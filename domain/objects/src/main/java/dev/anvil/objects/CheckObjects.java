package dev.anvil.objects;

import dev.anvil.kernel.ByteRange;
import dev.anvil.kernel.SubjectCheck;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.Partitions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;

/**
 * Reads every version of every bucket to its last byte and compares it with its recorded length and
 * hash, and recounts buckets. Counts are derived, so wrong ones are written anew; versions are
 * facts, so what is wrong with them is only told.
 */
public final class CheckObjects implements SubjectCheck {
  private static final String NEEDED = "needed: restore it from a backup, or delete the version";

  private final Partitions partitions;
  private final BodyStore bodies;
  private final List<BucketContents> contents;

  /**
   * Over a node that serves nobody.
   *
   * @param contents what buckets hold beside versions, to count it
   */
  public CheckObjects(Partitions partitions, BodyStore bodies, List<BucketContents> contents) {
    this.partitions = partitions;
    this.bodies = bodies;
    this.contents = List.copyOf(contents);
  }

  @Override
  public void check(PartitionId id, boolean rebuild, Report report) {
    Partition partition = partitions.get(id);
    byte[] buckets = new KeyWriter(KeySpace.BUCKETS).u8(1).toBytes();
    RecordWalk.each(
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
        RecordWalk.each(
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
        RecordWalk.each(
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
    BucketCounters right =
        BucketCounters.ofVersions(counted[0], counted[1], counted[2], counted[3]);
    String found;
    try {
      for (BucketContents c : contents) {
        right = right.plus(partition.read(tx -> c.counted(tx, bucket.id())));
      }
    } catch (Corrupt e) {
      report.found(
          "bucket-counters", name(bucket), "records that can be counted", e.getMessage(), NEEDED);
      return;
    }
    try {
      BucketCounters stored = partition.read(tx -> BucketTx.readCounters(tx, bucket.id()));
      if (right.equals(stored)) {
        return;
      }
      found = stored.toString();
    } catch (Corrupt e) {
      found = e.getMessage();
    }
    if (rebuild) {
      byte[] record = BucketCodec.encode(right);
      partition.write(tx -> {
        tx.put(ObjectsRecords.counters(bucket.id()), record);
        return null;
      });
    }
    report.found(
        "bucket-counters",
        name(bucket),
        right.toString(),
        found,
        rebuild ? "taken: counted anew" : "needed: anvil repair without --dry-run");
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
