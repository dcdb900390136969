package dev.anvil.app.node;

import dev.anvil.authz.store.ClosureCounts;
import dev.anvil.authz.store.TupleStock;
import dev.anvil.ports.metrics.Meters;
import java.util.Locale;

/**
 * Tells how often closures decided a membership on this node, and why they did not; and how much
 * there is of relationships and closures.
 */
final class ClosureMeters {
  private ClosureMeters() {}

  static void register(Meters meters, TupleStock stock) {
    String help = "Relationships stored, by whether they expired";
    meters.gauge("anvil_authz_tuples", help, () -> stock.now().live(), "state", "live");
    meters.gauge("anvil_authz_tuples", help, () -> stock.now().dead(), "state", "dead");
    meters.gauge("anvil_authz_closure_sets", "Rows of closures", () -> stock.now().sets());
    meters.gauge(
        "anvil_authz_closure_pairs",
        "Pairs of a set and one it is in, in closures",
        () -> stock.now().pairs());
  }

  static void register(Meters meters, ClosureCounts counts) {
    meters.gauge(
        "anvil_authz_closures_served_total",
        "Memberships that a closure decided",
        () -> counts.served());
    for (ClosureCounts.Fallback why : ClosureCounts.Fallback.values()) {
      meters.gauge(
          "anvil_authz_closure_fallbacks_total",
          "Memberships that were walked although there is a closure",
          () -> counts.fallbacks(why),
          "reason",
          why.name().toLowerCase(Locale.ROOT));
    }
  }
}
