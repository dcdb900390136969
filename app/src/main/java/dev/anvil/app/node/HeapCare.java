package dev.anvil.app.node;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps the heap of a process near what lives in it. The throughput collector lets the old
 * generation grow to the heap's limit before it looks what of it died, however little lives; so the
 * old generation is collected when what came since the last time is more than a quarter of what
 * lived then, and more than a floor. The work is in proportion to what was allocated; what lives is
 * never bounded here.
 */
public final class HeapCare {
  /** Below this much since the last collection nothing is done, in bytes. */
  static final long FLOOR_BYTES = 24L << 20;

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /**
   * What collectors that stop for the old generation call it; others take care of it themselves.
   */
  private static final Set<String> OLD_GENERATIONS = Set.of("PS Old Gen", "Tenured Gen");

  private final Supplier<Old> old;
  private final Runnable collect;

  HeapCare(Supplier<Old> old, Runnable collect) {
    this.old = old;
    this.collect = collect;
  }

  /** The old generation: bytes used now, and bytes that lived when it was last collected. */
  record Old(long used, long lived) {
    boolean due() {
      return used - lived > Math.max(lived / 4, FLOOR_BYTES);
    }
  }

  /** Begins for this process, if its collector needs it. It ends with the process. */
  public static void begin() {
    Thread.ofVirtual().name("anvil-heap").start(HeapCare::watch);
  }

  private static void watch() {
    try {
      Thread.sleep(LOOK_EVERY);
      Optional<MemoryPoolMXBean> pool =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(p -> OLD_GENERATIONS.contains(p.getName()))
              .findFirst();
      if (pool.isPresent()) {
        HeapCare care = new HeapCare(() -> old(pool.get()), System::gc);
        while (true) {
          care.look();
          Thread.sleep(LOOK_EVERY);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Old old(MemoryPoolMXBean pool) {
    MemoryUsage lived = pool.getCollectionUsage();
    return new Old(pool.getUsage().getUsed(), lived == null ? 0 : lived.getUsed());
  }

  /** Collects if it is due; true if it was. */
  boolean look() {
    boolean due = old.get().due();
    if (due) {
      collect.run();
    }
    return due;
  }
}
