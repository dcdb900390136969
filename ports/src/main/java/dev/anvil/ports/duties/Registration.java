package dev.anvil.ports.duties;

/** An interest that ends when closed. */
public interface Registration extends AutoCloseable {
  /** Ends it: a running step finishes, no further step starts; waits at most a step. */
  @Override
  void close();
}
