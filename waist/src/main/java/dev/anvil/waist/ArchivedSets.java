package dev.anvil.waist;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.WriteSet;
import dev.anvil.ports.storage.WriteSet.Mutation;
import java.util.List;

/**
 * Applies archived write sets to a partition that nobody has open, one after another: each must
 * follow the state by revision and by chain hash, or nothing of it is applied.
 */
public final class ArchivedSets {
  private final PartitionId id;
  private final Engine engine;
  private Stamp at;

  /** On the engine of the partition. */
  public ArchivedSets(PartitionId id, Engine engine) {
    this.id = id;
    this.engine = engine;
    try (EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader()) {
      byte[] stored = r.get(Stamp.KEY);
      this.at =
          stored == null ? Stamp.first(id) : Stamp.decode(RecordCheck.open(Stamp.KEY, stored));
    }
  }

  /** The state so far. */
  public PartitionHead head() {
    return at.head();
  }

  /** What a set would make of it. */
  public static PartitionHead headOf(byte[] set) {
    return stamp(CaptureCodec.decode(set)).head();
  }

  private static Stamp stamp(List<Mutation> mutations) {
    return Stamp.decode(RecordCheck.open(Stamp.KEY, mutations.getFirst().value()));
  }

  /**
   * Applies a set; {@link #sync} makes it durable.
   *
   * @throws Corrupt if it does not follow the state, or its hash is wrong
   */
  public void apply(byte[] set) {
    List<Mutation> mutations = CaptureCodec.decode(set);
    Stamp next = following(id, at.head(), mutations);
    engine.commit(new WriteSet(mutations));
    at = next;
  }

  /**
   * The state after a set, which must follow that state; nothing is applied.
   *
   * @throws Corrupt if it does not
   */
  public static PartitionHead next(PartitionId id, PartitionHead at, byte[] set) {
    return following(id, at, CaptureCodec.decode(set)).head();
  }

  private static Stamp following(PartitionId id, PartitionHead at, List<Mutation> mutations) {
    Stamp next = stamp(mutations);
    long chain = new ChainHash().next(at.chain(), mutations.subList(1, mutations.size()));
    if (!next.partition().equals(id)
        || next.revision() != at.revision() + 1
        || next.chain() != chain) {
      throw new Corrupt(
          "the archived write set of revision "
              + next.revision()
              + " does not follow revision "
              + at.revision()
              + " of partition "
              + id
              + ": the archive has a hole or is another's");
    }
    return next;
  }

  /** Everything applied is durable. */
  public void sync() {
    engine.sync();
  }
}
