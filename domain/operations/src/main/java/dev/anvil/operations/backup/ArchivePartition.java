package dev.anvil.operations.backup;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.journal.JournalPage;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.CapturedSets;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteBounds;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * Brings the captured write sets of a partition, and the bodies that they made reachable, to the
 * target before sweep and trimming may take them. Up to a bound: beyond it the sets are dropped and
 * the archive has a hole, from which the next snapshot leads on.
 */
public final class ArchivePartition implements Duty {
  /** Kind of the duty. */
  public static final String DUTY = "archive";

  private static final int FORMAT = 1;
  private static final double MILLIS = 1_000.0;

  private final BackupSource source;
  private final BackupStore store;
  private final Partition partition;
  private final String sealKeyId;
  private final Blobs blobs;
  private final byte[] placeKey;
  private final Meters.Counter dropped;
  private volatile Place place;
  private Segment open;

  /** What was archived: revision and cursor of the last set. */
  record Place(long revision, long cursor) {}

  /** Sets on their way. */
  private record Sets(long first, long last, byte[] bytes, List<byte[]> keys) {}

  /** A segment whose bodies are being copied. */
  private record Segment(
      Sets sets,
      long cursor,
      Iterator<BodyId> bodies,
      PackWriter packs,
      BodiesCopying copying,
      List<BodyEntry> copied) {}

  /** Of one partition. */
  public ArchivePartition(
      BackupSource source, BackupStore store, boolean encrypt, Partition partition, Meters meters) {
    this.source = source;
    this.store = store;
    this.partition = partition;
    this.sealKeyId = encrypt ? store.sealer().currentKeyId() : null;
    this.blobs = store.blobs(sealKeyId);
    this.placeKey = new KeyWriter(KeySpace.OPERATIONS).u8('b').u8(3).toBytes();
    this.place = stored();
    this.dropped = dropped(meters);
    String number = partition.id().toString();
    String[] labels = {"family", "backup", "partition", number};
    meters.gauge(
        "anvil_consumer_lag_entries",
        "Journal entries a consumer family has not applied yet",
        () -> partition.head().cursor() - place.cursor(),
        labels);
    meters.gauge(
        "anvil_consumer_lag_seconds",
        "Age of the oldest change a consumer family has not applied yet, in seconds",
        this::lagSeconds,
        labels);
  }

  private double lagSeconds() {
    if (partition.head().cursor() <= place.cursor()) {
      return 0;
    }
    return Math.max(0, (source.clock().instant().toEpochMilli() - oldestMillis()) / MILLIS);
  }

  private long oldestMillis() {
    try {
      List<JournalEntry> first = partition.journal(place.cursor(), 1).entries();
      return first.isEmpty()
          ? source.clock().millis()
          : first.getFirst().committedAt().toEpochMilli();
    } catch (AnvilException e) {
      return partition.head().committedAt().toEpochMilli();
    }
  }

  private Place stored() {
    byte[] value = partition.read(tx -> tx.get(placeKey));
    return value == null ? new Place(0, 0) : decodePlace(value);
  }

  static Place decodePlace(byte[] value) {
    RecordReader r = new RecordReader(value, "place of the archive", FORMAT);
    return new Place(r.varint(), r.varint());
  }

  /** Cursor up to which everything is at the target; sweep and trimming wait for it. */
  public long archivedThrough() {
    return place.cursor();
  }

  /** Revision up to which everything is at the target. */
  public long archivedRevision() {
    return place.revision();
  }

  @Override
  public boolean step(Lease lease) {
    lease.check();
    if (open == null) {
      if (partition.head().cursor() == place.cursor()) {
        return false;
      }
      if (lagSeconds() > BackupLimits.MAX_HOLD.toSeconds()) {
        drop(lease);
        return true;
      }
      open = begin();
      return open != null;
    }
    try {
      if (copyBodies()) {
        return true;
      }
      finish(lease);
      open = null;
      return true;
    } catch (AnvilException e) {
      open.copying().close();
      open = null;
      throw e;
    }
  }

  private Segment begin() {
    Sets sets = partition.read(this::oldest);
    if (sets == null) {
      // everything written before capturing began belongs to the next snapshot
      place = new Place(partition.head().revision(), partition.head().cursor());
      return null;
    }
    TreeSet<BodyId> named = new TreeSet<>();
    long cursor = named(sets.last(), named);
    PackWriter packs = new PackWriter(store.target(), blobs, source.random());
    List<BodyEntry> copied = new ArrayList<>();
    BodiesCopying copying =
        new BodiesCopying(
            source.bodies(), Collections.emptyIterator(), packs, (e, hash) -> copied.add(e));
    return new Segment(sets, cursor, named.iterator(), packs, copying, copied);
  }

  /** The target was away for too long: the oldest sets go, and leave a hole. */
  private void drop(Lease lease) {
    Sets sets = partition.read(this::oldest);
    if (sets == null) {
      place = new Place(partition.head().revision(), partition.head().cursor());
      return;
    }
    moveOn(lease, sets, new Place(sets.last(), named(sets.last(), new TreeSet<>())));
    dropped.add(sets.last() - sets.first() + 1, partition.id().toString());
  }

  /** Bodies first named up to the revision; returns the cursor of its last entry. */
  private long named(long last, TreeSet<BodyId> into) {
    long at = Math.max(place.cursor(), partition.head().oldest() - 1);
    while (true) {
      JournalPage page = partition.journal(at, BackupLimits.ARCHIVE_PAGE);
      for (JournalEntry e : page.entries()) {
        if (e.revision() > last) {
          return at;
        }
        at = e.cursor();
        into.addAll(e.change().bodies());
      }
      if (page.through() >= page.head()) {
        return at;
      }
    }
  }

  /** The oldest captured sets, as many as fit a segment; null for none. */
  private Sets oldest(ReadTx tx) {
    RecordWriter out = new RecordWriter(FORMAT);
    List<byte[]> keys = new ArrayList<>();
    ByteArrayOutputStream set = new ByteArrayOutputStream();
    long first = -1;
    long last = -1;
    long gathering = -1;
    try (EntryCursor c = tx.scan(CapturedSets.range(), Order.ASCENDING)) {
      while (c.next()) {
        long revision = CapturedSets.revision(c.key());
        if (revision != gathering) {
          last = flush(out, set, gathering, last);
          if (out.size() >= BackupLimits.SEGMENT_BYTES
              || keys.size() >= BackupLimits.ARCHIVE_SETS) {
            return new Sets(first, last, out.flag(false).toBytes(), keys);
          }
          gathering = revision;
          first = first < 0 ? revision : first;
        }
        set.writeBytes(c.value());
        keys.add(c.key().clone());
      }
    }
    last = flush(out, set, gathering, last);
    return first < 0 ? null : new Sets(first, last, out.flag(false).toBytes(), keys);
  }

  private static long flush(RecordWriter out, ByteArrayOutputStream set, long revision, long last) {
    if (revision < 0) {
      return last;
    }
    out.flag(true).blob(set.toByteArray());
    set.reset();
    return revision;
  }

  private boolean copyBodies() {
    long read = 0;
    while (read < BackupLimits.READ_BYTES) {
      if (!open.copying().busy()) {
        if (!open.bodies().hasNext()) {
          return false;
        }
        open.copying().begin(open.bodies().next());
      }
      if (open.copying().busy()) {
        read += open.copying().step(BackupLimits.READ_BYTES - read);
      }
    }
    return true;
  }

  private void finish(Lease lease) {
    open.packs().flush();
    Sets sets = open.sets();
    ArchiveSegment segment =
        new ArchiveSegment(
            source.deployment().incarnation(),
            partition.id().number(),
            sets.first(),
            sets.last(),
            source.deployment().boot(),
            sealKeyId,
            blobs.encode(sets.bytes(), true),
            List.copyOf(open.copied()));
    store.target().put(segment.file(), segment.encode(store.signer()));
    moveOn(lease, sets, new Place(sets.last(), open.cursor()));
  }

  private void moveOn(Lease lease, Sets sets, Place next) {
    byte[] value = new RecordWriter(FORMAT).varint(next.revision()).varint(next.cursor()).toBytes();
    partition.write(
        new WriteBounds(sets.keys().size() + 8, sets.keys().size() * 64),
        tx -> {
          Fences.check(tx, DUTY + "/" + partition.id(), lease.token());
          sets.keys().forEach(tx::delete);
          tx.put(placeKey, value);
          return null;
        });
    place = next;
  }

  /** Sets of a segment, in order. */
  static List<byte[]> sets(byte[] bytes) {
    RecordReader r = new RecordReader(bytes, "archived write sets", FORMAT);
    List<byte[]> sets = new ArrayList<>();
    while (r.flag()) {
      sets.add(r.blob());
    }
    return sets;
  }

  /** The counter of what was given up; declared by every node, so that an alert can rest on it. */
  public static Meters.Counter dropped(Meters meters) {
    return meters.counter(
        "anvil_archive_dropped_total",
        "Write sets given up because the backup target was away too long",
        "partition");
  }
}
