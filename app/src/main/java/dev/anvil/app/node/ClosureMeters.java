package dev.anvil.app.node;

import dev.anvil.authz.store.ClosureCounts;
import dev.anvil.ports.metrics.Meters;
import java.util.Locale;

/** Tells how often closures decided a membership on this node, and why they did not. */
final class ClosureMeters {
  private ClosureMeters() {}

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
