package dev.anvil.ports.storage;

/** The state after one commit, unchanged by later ones. Threads may open readers at once. */
public interface EngineSnapshot extends AutoCloseable {
  /** A reader for the calling thread; the caller closes it before the snapshot ends. */
  EngineReader reader();

  /** Lets the engine forget this state; idempotent; readers are closed before. */
  @Override
  void close();
}
