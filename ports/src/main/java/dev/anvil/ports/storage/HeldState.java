package dev.anvil.ports.storage;

import java.util.function.Function;

/**
 * One durable state of a partition that stays readable for as long as a long walk takes, in slices.
 * One thread. The engine keeps what the state needs until it is closed, so it is closed soon. A
 * partition that is sealed or closed takes it away.
 */
public interface HeldState extends AutoCloseable {
  /** The state that is read. */
  PartitionHead head();

  /**
   * Runs the function on the state; each slice is bounded like {@link Partition#read}.
   *
   * @throws dev.anvil.ports.failure.Unavailable if the partition took the state away
   */
  <T> T read(Function<ReadTx, T> slice);

  /** Lets go; idempotent. */
  @Override
  void close();
}
