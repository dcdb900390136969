package dev.anvil.bench.authz;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/**
 * What a store keeps in the heap, since the start of the measure: live bytes after a collection.
 * The engine's caches count, which are bounded by their budget and not by the tuples.
 */
final class HeapUse {
  private static final int COLLECTIONS = 3;

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final long before = live();

  private long live() {
    for (int i = 0; i < COLLECTIONS; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** Prints bytes of heap, of all and per tuple. */
  void tell(String when, int tuples, PrintStream out) {
    long more = live() - before;
    out.printf(
        "heap %s: %d KiB more, %.1f bytes per tuple%n", when, more >> 10, (double) more / tuples);
  }
}
