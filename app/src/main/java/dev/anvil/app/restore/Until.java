package dev.anvil.app.restore;

import dev.anvil.ports.storage.PartitionHead;
import java.time.Instant;
import java.util.Map;

/**
 * How far a restore goes beyond its snapshot. Write sets are whole: one whose last entry is past
 * the wish is left out.
 *
 * @param time no later commit; null for any
 * @param cursors no later cursor, by partition
 */
public record Until(Instant time, Map<Integer, Long> cursors) {
  /** The snapshot alone. */
  public static final Until SNAPSHOT = new Until(Instant.MIN, Map.of());

  /** Everything that is archived. */
  public static final Until NEWEST = new Until(null, Map.of());

  /** Copies the map. */
  public Until {
    cursors = Map.copyOf(cursors);
  }

  boolean wants(int partition, PartitionHead next) {
    boolean inTime = time == null || !next.committedAt().isAfter(time);
    return inTime && next.cursor() <= cursors.getOrDefault(partition, Long.MAX_VALUE);
  }

  /** One line, the same for the same wish. */
  String text() {
    return (time == null ? "newest" : time.equals(Instant.MIN) ? "snapshot" : time.toString())
        + " "
        + new java.util.TreeMap<>(cursors);
  }
}
