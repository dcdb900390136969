package dev.anvil.objects;

import dev.anvil.kernel.SubjectCheck;
import dev.anvil.ports.bodies.BodyId;
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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts who names each body and each part list, and compares that with the stored counts. Counts
 * are derived, so wrong ones are written anew, but only when every record that may name a body can
 * be read: a count that is too small would free what is still wanted.
 */
public final class CheckReferences implements SubjectCheck {
  private static final int LIMIT = 200_000;
  private static final List<KeySpace> NAMING =
      List.of(
          KeySpace.LIVE,
          KeySpace.VERSIONS,
          KeySpace.PART_LISTS,
          KeySpace.GARBAGE,
          KeySpace.UPLOADS);

  private final Partitions partitions;
  private final CountedBodies others;
  private final int limit;

  /**
   * Over a node that serves nobody.
   *
   * @param others records beside versions that hold references
   */
  public CheckReferences(Partitions partitions, CountedBodies others) {
    this(partitions, others, LIMIT);
  }

  /** With so many names in memory at once. */
  CheckReferences(Partitions partitions, CountedBodies others, int limit) {
    this.partitions = partitions;
    this.others = others;
    this.limit = limit;
  }

  /** Namings of the smallest keys above a floor; what does not fit waits for the next walk. */
  private static final class Tally {
    private final TreeMap<ByteBuffer, Long> named = new TreeMap<>();
    private final ByteBuffer floor;
    private final int limit;
    private ByteBuffer ceiling;

    Tally(ByteBuffer floor, int limit) {
      this.floor = floor;
      this.limit = limit;
    }

    void add(byte[] key) {
      ByteBuffer k = ByteBuffer.wrap(key);
      if (!covers(k)) {
        return;
      }
      named.merge(k, 1L, Long::sum);
      if (named.size() > limit) {
        named.pollLastEntry();
        ceiling = named.lastKey();
      }
    }

    boolean covers(ByteBuffer key) {
      return (floor == null || key.compareTo(floor) > 0)
          && (ceiling == null || key.compareTo(ceiling) <= 0);
    }
  }

  @Override
  public void check(PartitionId id, boolean rebuild, Report report) {
    Partition partition = partitions.get(id);
    Tally tally = new Tally(null, limit);
    while (true) {
      Tally now = tally;
      boolean whole = true;
      for (KeySpace space : NAMING) {
        KeyRange all = KeyRange.prefix(new KeyWriter(space).toBytes());
        whole &=
            RecordWalk.each(partition, all, (i, s, e, a, n) -> {}, e -> count(partition, e, now));
      }
      if (!whole) {
        // told by the walk over all records; a count without them would be a guess
        return;
      }
      compare(partition, now, rebuild, report);
      if (now.ceiling == null) {
        return;
      }
      tally = new Tally(now.ceiling, limit);
    }
  }

  private void count(Partition partition, Entry e, Tally tally) {
    int space = e.key()[0] & 0xFF;
    if (space == KeySpace.LIVE.prefix() || space == KeySpace.VERSIONS.prefix()) {
      switch (VersionCodec.decode(e.value()).body()) {
        case VersionBody.Slices s -> s.slices().forEach(x -> tally.add(BodyRefs.key(x.body())));
        case VersionBody.Listed l -> tally.add(BodyRefs.key(l.listId()));
        case VersionBody.Empty _, VersionBody.Inline _ -> {}
      }
    } else if (space == KeySpace.PART_LISTS.prefix()) {
      PartLists.decode(e.value()).forEach(s -> tally.add(BodyRefs.key(s.body())));
    } else if (space == KeySpace.GARBAGE.prefix()) {
      switch (Garbage.decode(Garbage.kind(e.key()), e.value())) {
        case Garbage.References r -> r.bodies().forEach(b -> tally.add(BodyRefs.key(b)));
        case Garbage.PartList l -> tally.add(BodyRefs.key(l.listId()));
        case Garbage.Dead _, Garbage.Keys _, Garbage.Other _ -> {}
      }
    } else {
      others.of(partition, e.key(), e.value(), b -> tally.add(BodyRefs.key(b)));
    }
  }

  private static void compare(Partition partition, Tally tally, boolean rebuild, Report report) {
    KeyRange rest = KeyRange.prefix(BodyRefs.everything());
    while (rest != null) {
      KeyRange now = rest;
      List<Entry> slice =
          partition.read(tx -> {
            List<Entry> some = new ArrayList<>();
            try (EntryCursor c = tx.scan(now, Order.ASCENDING)) {
              while (some.size() < 500 && c.next()) {
                some.add(new Entry(c.key().clone(), count(c)));
              }
            }
            return some;
          });
      rest = slice.isEmpty() ? null : now.after(slice.getLast().key());
      for (Entry e : slice) {
        ByteBuffer key = ByteBuffer.wrap(e.key());
        if (tally.covers(key)) {
          Long named = tally.named.remove(key);
          long right = named == null ? 0 : named;
          long stored = e.value().length == 0 ? -1 : ByteBuffer.wrap(e.value()).getLong();
          if (stored != right || right < 2) {
            wrong(partition, e.key(), right, stored, rebuild, report);
          }
        }
      }
    }
    for (Map.Entry<ByteBuffer, Long> e : tally.named.entrySet()) {
      if (e.getValue() > 1) {
        wrong(partition, e.getKey().array(), e.getValue(), 1, rebuild, report);
      }
    }
  }

  /** The stored count in eight bytes; none if it cannot be read. */
  private static byte[] count(EntryCursor c) {
    try {
      return ByteBuffer.allocate(Long.BYTES).putLong(BodyRefs.stored(c.value())).array();
    } catch (Corrupt e) {
      return new byte[0];
    }
  }

  private static void wrong(
      Partition partition, byte[] key, long right, long stored, boolean rebuild, Report report) {
    if (rebuild) {
      partition.write(tx -> {
        BodyRefs.restore(tx, key, right);
        return null;
      });
    }
    boolean list = key.length < 1 + BodyId.BYTES;
    report.found(
        "body-references",
        (list ? "part list " : "body ") + HexFormat.of().formatHex(key, 1, key.length),
        right + " references",
        stored < 0 ? "a count that cannot be read" : stored + " references",
        rebuild ? "taken: counted anew" : "needed: anvil repair without --dry-run");
  }
}
