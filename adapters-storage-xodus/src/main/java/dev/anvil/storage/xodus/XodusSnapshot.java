package dev.anvil.storage.xodus;

import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import jetbrains.exodus.env.Transaction;

/**
 * A read-only transaction that holds the state; each reader gets one of its own beside it. The
 * library lets threads branch off at once: it reads a field set before the transaction was
 * published and adds to a lock-free set.
 */
final class XodusSnapshot implements EngineSnapshot {
  private final XodusEngine engine;
  private final Transaction state;

  XodusSnapshot(XodusEngine engine, Transaction state) {
    this.engine = engine;
    this.state = state;
  }

  @Override
  public EngineReader reader() {
    try {
      return engine.register(new XodusReader(engine, state.getReadonlySnapshot()));
    } catch (RuntimeException e) {
      throw engine.readFailure(e);
    }
  }

  @Override
  public synchronized void close() {
    engine.unregister(this);
    if (!state.isFinished()) {
      state.abort();
    }
  }
}
