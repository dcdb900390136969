package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Unavailable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Names in the order of creation: 22 bits count the boots of this node, 42 bits the bodies of the
 * boot, 64 are random so that no two nodes share one.
 */
final class BodyIds {
  /** The last boot count a name can hold. */
  static final int MAX_BOOT = (1 << 22) - 1;

  private static final int SEQUENCE_BITS = 42;

  private final int boot;
  private final RandomGenerator random;
  private final AtomicLong sequence = new AtomicLong();

  BodyIds(int boot, RandomGenerator random) {
    if (boot < 1 || boot > MAX_BOOT) {
      throw new IllegalArgumentException("boot " + boot + " is outside 1.." + MAX_BOOT);
    }
    this.boot = boot;
    this.random = random;
  }

  BodyId next() {
    long n = sequence.incrementAndGet();
    if (n >>> SEQUENCE_BITS != 0) {
      throw new Unavailable(
          Unavailable.Reason.UNAVAILABLE, "this boot has used its body names: restart the server");
    }
    return new BodyId((long) boot << SEQUENCE_BITS | n, draw());
  }

  /** A random number; generators need not be safe for threads. */
  synchronized long draw() {
    return random.nextLong();
  }

  int boot() {
    return boot;
  }

  static int bootOf(BodyId id) {
    return (int) (id.high() >>> SEQUENCE_BITS);
  }

  /** The smallest name a boot could give. */
  static BodyId firstOf(int boot) {
    return new BodyId((long) boot << SEQUENCE_BITS, 0);
  }
}
