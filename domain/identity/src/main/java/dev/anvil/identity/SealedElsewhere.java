package dev.anvil.identity;

import dev.anvil.ports.storage.WriteTx;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What others keep sealed under the deployment's key: it goes on no sooner than theirs are anew.
 */
public interface SealedElsewhere {
  /** Nobody keeps anything. */
  SealedElsewhere NONE =
      new SealedElsewhere() {
        @Override
        public boolean step(Consumer<WriteTx> fence) {
          return false;
        }

        @Override
        public Map<String, Long> byKey() {
          return Map.of();
        }

        @Override
        public void settle() {
          // nothing is on its way
        }
      };

  /**
   * Seals some of it under the newest key; one commit in the directory at most.
   *
   * @param fence runs first in the commit
   * @return whether it did
   */
  boolean step(Consumer<WriteTx> fence);

  /** How many secrets lie sealed under each key, by key id, in the newest acknowledged state. */
  Map<String, Long> byKey();

  /** Returns when everything that was sealed before the call is acknowledged, or failed. */
  void settle();
}
