package dev.anvil.bench.load;

import dev.anvil.bench.process.MetricsPage;
import java.util.HashMap;
import java.util.Map;

/** The counters of the server that explain what a request costs. */
public final class Counters {
  private Counters() {}

  /** The counters by name: puts, syncs, functions and groups. */
  public static Map<String, Double> of(MetricsPage page) {
    return Map.of(
        "puts", page.sum("anvil_engine_mutations_total"),
        "gets", page.sum("anvil_engine_gets_total"),
        "scanned", page.sum("anvil_engine_scanned_total"),
        "syncs", page.sum("anvil_fsync_seconds_count") + page.sum("anvil_volume_syncs_total"),
        "functions", page.sum("anvil_commit_group_size_sum"),
        "groups", page.sum("anvil_commit_group_size_count"));
  }

  /** What came in between. */
  public static Map<String, Double> growth(Map<String, Double> before, Map<String, Double> after) {
    Map<String, Double> growth = new HashMap<>();
    after.forEach((name, value) -> growth.put(name, value - before.getOrDefault(name, 0.0)));
    return growth;
  }
}
