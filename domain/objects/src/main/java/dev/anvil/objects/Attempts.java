package dev.anvil.objects;

import dev.anvil.ports.failure.Conflict;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Mutations with an idempotency key that run on this node now, so that a second try does not start
 * while the first still runs. Bounded by the number of requests in flight.
 */
public final class Attempts {
  private final Set<ByteBuffer> running = ConcurrentHashMap.newKeySet();

  /**
   * Takes the key until {@link #end}.
   *
   * @throws Conflict OperationInProgress if another try has it
   */
  void begin(byte[] hash) {
    if (!running.add(ByteBuffer.wrap(hash))) {
      throw new Conflict(
          Conflict.Reason.IN_PROGRESS,
          "a try with this idempotency key is still running; repeat it a little later");
    }
  }

  /** Gives the key back; idempotent. */
  void end(byte[] hash) {
    running.remove(ByteBuffer.wrap(hash));
  }
}
