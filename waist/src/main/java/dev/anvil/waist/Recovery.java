package dev.anvil.waist;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;

/** Checks what an opened engine ends with before anything is served from it. */
final class Recovery {
  private static final KeyRange JOURNAL =
      KeyRange.prefix(new byte[] {(byte) KeySpace.JOURNAL.prefix()});

  private Recovery() {}

  /** The write sets an engine may end with: the last known durable one, or the one after. */
  record Expected(Stamp published, Stamp attempted) {
    void check(Stamp found) {
      if (!found.equals(published) && !found.equals(attempted)) {
        throw new Corrupt(
            "partition %s ends with revision %d chain %016x; known were %d %016x and %s"
                .formatted(
                    found.partition(),
                    found.revision(),
                    found.chain(),
                    published.revision(),
                    published.chain(),
                    attempted == null
                        ? "no later one"
                        : "%d %016x".formatted(attempted.revision(), attempted.chain())));
      }
    }
  }

  /**
   * The stamp the engine ends with, all checks passed. Costs a few seeks whatever is stored.
   *
   * @param expected null when this process knows nothing of the partition yet
   * @throws Corrupt if the stamp, the journal's ends or what is expected do not fit
   */
  static Stamp check(PartitionId id, Engine engine, Expected expected) {
    try (EngineSnapshot snapshot = engine.snapshot();
        EngineReader raw = snapshot.reader();
        VerifiedReader reader = new VerifiedReader(raw)) {
      Stamp stamp = stamp(id, raw, reader);
      checkJournal(stamp, reader);
      if (expected != null) {
        expected.check(stamp);
      }
      return stamp;
    }
  }

  private static Stamp stamp(PartitionId id, EngineReader raw, VerifiedReader reader) {
    if (raw.get(ImportMark.KEY) != null) {
      throw new Corrupt(
          "partition " + id + " holds an unfinished import; run it again to its end first");
    }
    byte[] value = reader.get(Stamp.KEY);
    if (value == null) {
      try (EntryCursor any = raw.scan(KeyRange.ALL, Order.ASCENDING)) {
        if (any.next()) {
          throw new Corrupt("partition " + id + " holds entries but no commit stamp");
        }
      }
      return Stamp.first(id);
    }
    Stamp stamp = Stamp.decode(value);
    if (!stamp.partition().equals(id)) {
      throw new Corrupt(
          "the engine opened as partition " + id + " belongs to partition " + stamp.partition());
    }
    return stamp;
  }

  private static void checkJournal(Stamp stamp, VerifiedReader reader) {
    long first = stamp.cursor() + 1;
    try (EntryCursor c = reader.scan(JOURNAL, Order.ASCENDING)) {
      if (c.next()) {
        first = JournalCodec.firstCursor(c.key());
      }
    }
    long last = stamp.cursor();
    try (EntryCursor c = reader.scan(JOURNAL, Order.DESCENDING)) {
      if (c.next()) {
        last = JournalCodec.firstCursor(c.key()) + JournalCodec.entryCount(c.value()) - 1;
      }
    }
    if (first != stamp.oldest() || last != stamp.cursor()) {
      throw new Corrupt(
          "the journal of partition %s spans %d..%d, its commit stamp says %d..%d"
              .formatted(stamp.partition(), first, last, stamp.oldest(), stamp.cursor()));
    }
  }
}
