package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Drops what deletes left behind, in bounded steps that may be cut off anywhere and repeated. Dead
 * bodies are freed before their record goes, so that a crash in between frees them again.
 */
public final class SweepGarbage {
  /** Kind of the duty; its name is this, a slash and the partition. */
  public static final String DUTY = "sweep";

  private final ObjectServices services;
  private final BodyUpkeep upkeep;
  private final Map<Integer, Leftovers> leftovers;

  /** Below this cursor a partition has no garbage, as a durable state showed. */
  private final Map<Integer, Long> first = new ConcurrentHashMap<>();

  /**
   * Works on these services.
   *
   * @param upkeep of the store of bodies: a body is forgotten here when its end is durable there
   * @param leftovers who drops garbage of other kinds
   */
  public SweepGarbage(ObjectServices services, BodyUpkeep upkeep, List<Leftovers> leftovers) {
    this.services = services;
    this.upkeep = upkeep;
    this.leftovers =
        leftovers.stream().collect(Collectors.toMap(Leftovers::kind, Function.identity()));
  }

  /**
   * One step.
   *
   * @param token fencing token of the holder
   * @return whether more may wait
   * @throws dev.anvil.ports.failure.StaleFence if a newer holder has written
   */
  public boolean step(PartitionId id, long token) {
    Partition partition = services.partitions().get(id);
    Found found = partition.read(tx -> find(id.number(), tx));
    List<Entry> ready = found.ready();
    if (ready.isEmpty()) {
      return false;
    }
    if (!found.bodies().isEmpty()) {
      found.bodies().forEach(services.bodies()::free);
      upkeep.checkpoint();
    }
    partition.write(
        new WriteBounds(BOUND_READS, ready.size() * 64),
        tx -> {
          Fences.check(tx, DUTY + "/" + id, token);
          int budget = ObjectLimits.STEP_RECORDS;
          for (Entry e : ready) {
            budget -= drop(tx, e, budget);
            if (budget <= 0) {
              break;
            }
          }
          return null;
        });
    return found.more();
  }

  /**
   * What a step works on.
   *
   * @param bodies that are dead
   * @param more whether there may be more when it is done: a bound was met, or dropping this leaves
   *     other garbage
   */
  private record Found(List<Entry> ready, List<BodyId> bodies, boolean more) {}

  private static final int BOUND_READS = 4 * ObjectLimits.STEP_RECORDS + 1_024;

  /** The oldest garbage that no read can still want. */
  private Found find(int partition, ReadTx tx) {
    // Asked after the snapshot was taken: a read that starts later sees what made the garbage.
    long through = services.pins().sweepableThrough(partition);
    List<Entry> entries = new ArrayList<>();
    List<BodyId> bodies = new ArrayList<>();
    boolean more = false;
    // New garbage lies under the newest cursor or with garbage that is there, so what was empty
    // stays empty: an engine would only walk over what it remembers of dropped keys.
    KeyRange all = Garbage.from(first.getOrDefault(partition, 0L));
    int passed = 0;
    long oldest = tx.cursor();
    try (EntryCursor c = tx.scan(all, Order.ASCENDING)) {
      while (c.next()) {
        if (entries.size() == ObjectLimits.STEP_RECORDS
            || bodies.size() >= ObjectLimits.SWEEP_BODIES
            || passed == ObjectLimits.SWEEP_PASSES) {
          more = true;
          break;
        }
        Entry e = new Entry(c.key(), c.value());
        long cursor = Garbage.cursor(e.key());
        oldest = passed++ == 0 ? Math.min(oldest, cursor) : oldest;
        if (cursor > through) {
          break;
        }
        Garbage garbage = decode(e);
        if (ready(partition, garbage)) {
          entries.add(e);
          if (garbage instanceof Garbage.Dead d) {
            bodies.addAll(d.bodies());
          } else {
            more = true;
          }
        }
      }
    }
    first.put(partition, oldest);
    return new Found(entries, bodies, more);
  }

  /** Whether no read that has begun still wants it. */
  private boolean ready(int partition, Garbage garbage) {
    ReadPins pins = services.pins();
    return switch (garbage) {
      case Garbage.Dead d -> d.bodies().stream().noneMatch(pins::isPinned);
      case Garbage.References r -> r.bodies().stream().noneMatch(pins::isPinned);
      case Garbage.PartList l -> !pins.isListPinned(partition, l.listId());
      case Garbage.Keys k -> true;
      case Garbage.Other o -> true;
    };
  }

  /** Drops at most the budget of records; returns how many it touched. */
  private int drop(WriteTx tx, Entry e, int budget) {
    byte[] now = tx.get(e.key());
    if (now == null) {
      return 1;
    }
    long cursor = Garbage.cursor(e.key());
    return switch (decode(e)) {
      case Garbage.Dead d -> {
        // a group without entries shares its first cursor with the next one, which may have added
        if (Arrays.equals(now, e.value())) {
          tx.delete(e.key());
        }
        yield 1;
      }
      case Garbage.References r -> {
        dropReferences(tx, cursor, r.bodies());
        tx.delete(e.key());
        yield r.bodies().size();
      }
      case Garbage.PartList l -> dropChunk(tx, cursor, e.key(), l);
      case Garbage.Keys k -> dropKeys(tx, e.key(), k, budget);
      case Garbage.Other o -> {
        Leftovers owner = leftovers.get(o.kind());
        if (owner == null) {
          throw new Corrupt("garbage of kind " + o.kind() + " has no owner");
        }
        if (owner.drop(tx, cursor, o.value())) {
          tx.delete(e.key());
        }
        yield ObjectLimits.STEP_RECORDS;
      }
    };
  }

  private static void dropReferences(WriteTx tx, long cursor, List<BodyId> bodies) {
    List<BodyId> dead = new ArrayList<>();
    for (BodyId body : bodies) {
      if (BodyRefs.drop(tx, body, 1)) {
        dead.add(body);
      }
    }
    if (!dead.isEmpty()) {
      Garbage.leaveMore(tx, cursor, new Garbage.Dead(dead));
    }
  }

  /** A list that other versions share loses one reference; the last one takes it apart. */
  private static int dropChunk(WriteTx tx, long cursor, byte[] key, Garbage.PartList list) {
    if (!BodyRefs.dropList(tx, list.listId())) {
      tx.delete(key);
      return 1;
    }
    try (EntryCursor c =
        tx.scan(KeyRange.prefix(PartLists.prefix(list.listId())), Order.ASCENDING)) {
      if (!c.next()) {
        tx.delete(key);
        return 1;
      }
      List<BodySlice> slices = PartLists.decode(c.value());
      tx.delete(c.key());
      dropReferences(tx, cursor, slices.stream().map(BodySlice::body).toList());
      return slices.size();
    }
  }

  private static int dropKeys(WriteTx tx, byte[] key, Garbage.Keys keys, int budget) {
    int dropped = 0;
    try (EntryCursor c = tx.scan(KeyRange.prefix(keys.prefix()), Order.ASCENDING)) {
      while (c.next()) {
        if (dropped == budget) {
          return dropped;
        }
        tx.delete(c.key());
        dropped++;
      }
    }
    tx.delete(key);
    return dropped + 1;
  }

  private static Garbage decode(Entry e) {
    return Garbage.decode(Garbage.kind(e.key()), e.value());
  }
}
