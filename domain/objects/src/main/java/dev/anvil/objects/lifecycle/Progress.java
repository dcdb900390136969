package dev.anvil.objects.lifecycle;

import dev.anvil.objects.VersionScan;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.time.Instant;

/**
 * How far a round through a bucket has come.
 *
 * @param rules cursor of the rules the round goes by
 * @param day day (since 1970, UTC) the round is for
 * @param phase what it is at
 * @param place in versions: the next state
 * @param replacedAt in versions, inside a key: when the next state was replaced; null for never
 * @param newer in versions, inside a key: replaced states passed
 * @param upload in uploads: stored key of the next one, or null for the first
 */
record Progress(
    long rules,
    long day,
    Phase phase,
    VersionScan.Place place,
    Instant replacedAt,
    int newer,
    byte[] upload) {
  /** Parts of a round. The order is that of the stored form. */
  enum Phase {
    /** Versions and markers. */
    VERSIONS,
    /** Open uploads. */
    UPLOADS,
    /** Nothing is left of the round. */
    DONE
  }

  private static final int FORMAT = 1;

  /** A round that begins. */
  static Progress begin(long rules, long day) {
    return new Progress(rules, day, Phase.VERSIONS, VersionScan.Place.START, null, 0, null);
  }

  /** Later in the versions. */
  Progress at(VersionScan.Place next, Instant replaced, int passed) {
    return new Progress(rules, day, Phase.VERSIONS, next, replaced, passed, null);
  }

  /** In the uploads. */
  Progress uploads(byte[] next) {
    return new Progress(rules, day, Phase.UPLOADS, VersionScan.Place.START, null, 0, next);
  }

  /** At the end. */
  Progress done() {
    return new Progress(rules, day, Phase.DONE, VersionScan.Place.START, null, 0, null);
  }

  byte[] toBytes() {
    return new RecordWriter(FORMAT)
        .varint(rules)
        .i64(day)
        .u8(phase.ordinal())
        .blob(place.key())
        .varint(place.after())
        .i64(replacedAt == null ? Long.MIN_VALUE : replacedAt.toEpochMilli())
        .varint(newer)
        .blob(upload)
        .toBytes();
  }

  static Progress of(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "progress of a lifecycle", FORMAT);
    long rules = r.varint();
    long day = r.i64();
    int phase = r.u8();
    byte[] key = r.blob();
    long after = r.varint();
    long replaced = r.i64();
    int newer = r.count(Integer.MAX_VALUE);
    if (phase >= Phase.values().length || key == null) {
      throw new Corrupt("progress of a lifecycle is in phase " + phase + " or lacks its place");
    }
    return new Progress(
        rules,
        day,
        Phase.values()[phase],
        new VersionScan.Place(key, after),
        replaced == Long.MIN_VALUE ? null : Instant.ofEpochMilli(replaced),
        newer,
        r.blob());
  }
}
