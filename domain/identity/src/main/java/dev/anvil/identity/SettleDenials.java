package dev.anvil.identity;

import java.time.Instant;
import java.util.List;

/** Leased work: writes the sums of refusals that had no entries of their own. */
public final class SettleDenials {
  private final Denials denials;

  /** Of these refusals. */
  public SettleDenials(Denials denials) {
    this.denials = denials;
  }

  /** Writes the sums of the seconds that are over; false, as none is left then. */
  public boolean step() {
    List<DenialBudget.Sum> sums = denials.over();
    if (!sums.isEmpty()) {
      Instant at = denials.now();
      denials.write(sums.stream().map(sum -> facts(sum, at)).toList());
    }
    return false;
  }

  private static AuditEntry.Facts facts(DenialBudget.Sum sum, Instant at) {
    return new AuditEntry.Facts(
        at,
        "anonymous",
        null,
        "denied.sum",
        "",
        "",
        Denials.cut(sum.source()),
        sum.count(),
        null,
        null);
  }
}
