package dev.anvil.ports.testkit;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EngineStats;
import dev.anvil.ports.storage.EngineTraits;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.WriteSet;
import java.util.concurrent.atomic.LongAdder;

/** The engine of tests: an immutable tree per commit over a {@link MemoryStore}. */
public final class MemoryEngine implements Engine {
  private static final int INLINE_LIMIT = 1_024;

  private final MemoryStore store;
  private final LongAdder puts = new LongAdder();
  private final LongAdder deletes = new LongAdder();
  private final LongAdder commits = new LongAdder();
  private final LongAdder syncs = new LongAdder();
  private final LongAdder gets = new LongAdder();
  private final LongAdder scanned = new LongAdder();

  private MemoryEngine(MemoryStore store) {
    this.store = store;
  }

  /**
   * Opens the store, with its faults in between.
   *
   * @throws dev.anvil.ports.failure.Unavailable if it is open already
   */
  public static Engine open(MemoryStore store) {
    store.faults().onOpen();
    MemoryEngine engine = new MemoryEngine(store);
    store.claim(engine);
    return new FaultyEngine(engine, store.faults());
  }

  @Override
  public EngineTraits traits() {
    return new EngineTraits("memory", INLINE_LIMIT);
  }

  @Override
  public EngineSnapshot snapshot() {
    return new Snapshot(store.state(this));
  }

  @Override
  public void commit(WriteSet set) {
    store.commit(this, set);
    commits.increment();
    for (WriteSet.Mutation m : set.mutations()) {
      (m.isDelete() ? deletes : puts).increment();
    }
  }

  @Override
  public void sync() {
    store.sync(this);
    syncs.increment();
  }

  @Override
  public EngineStats stats() {
    return new EngineStats(
        puts.sum(), deletes.sum(), commits.sum(), syncs.sum(), gets.sum(), scanned.sum(), 0);
  }

  @Override
  public void close() {
    store.release(this);
  }

  private final class Snapshot implements EngineSnapshot {
    private final ImmutableTree tree;

    Snapshot(ImmutableTree tree) {
      this.tree = tree;
    }

    @Override
    public EngineReader reader() {
      return new Reader(tree);
    }

    @Override
    public void close() {
      // nothing to free: the garbage collector forgets the tree
    }
  }

  private final class Reader implements EngineReader {
    private final ImmutableTree tree;

    Reader(ImmutableTree tree) {
      this.tree = tree;
    }

    @Override
    public byte[] get(byte[] key) {
      gets.increment();
      return tree.get(key);
    }

    @Override
    public EntryCursor scan(KeyRange range, Order order) {
      return tree.scan(range, order, scanned::increment);
    }

    @Override
    public void close() {
      // nothing to free: the garbage collector forgets the tree
    }
  }
}
