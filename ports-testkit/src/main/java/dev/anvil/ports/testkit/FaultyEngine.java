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
import java.util.concurrent.atomic.AtomicBoolean;

/** Any engine with the faults a test planned. */
public record FaultyEngine(Engine below, EngineFaults faults) implements Engine {
  @Override
  public EngineTraits traits() {
    return below.traits();
  }

  @Override
  public EngineSnapshot snapshot() {
    Snapshot s = new Snapshot(below.snapshot(), faults, new AtomicBoolean(true));
    faults.onSnapshot(1);
    return s;
  }

  @Override
  public void commit(WriteSet set) {
    faults.duringCommit(() -> below.commit(set));
  }

  @Override
  public void sync() {
    faults.duringSync(below::sync);
  }

  @Override
  public EngineStats stats() {
    return below.stats();
  }

  @Override
  public void close() {
    faults.onClose();
    below.close();
  }

  private record Snapshot(EngineSnapshot below, EngineFaults faults, AtomicBoolean open)
      implements EngineSnapshot {
    @Override
    public EngineReader reader() {
      return new Reader(below.reader(), faults);
    }

    @Override
    public void close() {
      if (open.getAndSet(false)) {
        faults.onSnapshot(-1);
      }
      below.close();
    }
  }

  private record Reader(EngineReader below, EngineFaults faults) implements EngineReader {
    @Override
    public byte[] get(byte[] key) {
      faults.onRead();
      return below.get(key);
    }

    @Override
    public EntryCursor scan(KeyRange range, Order order) {
      faults.onRead();
      return below.scan(range, order);
    }

    @Override
    public void close() {
      below.close();
    }
  }
}
