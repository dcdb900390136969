package dev.anvil.identity;

import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.time.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The refused calls of this node on their way into the audit log; any thread. */
public final class Denials {
  private final IdentityDirectory directory;
  private final DenialBudget budget;
  private final InstantSource clock;
  private final Meters.Counter lost;

  /** On this directory. */
  public Denials(IdentityDirectory directory, Ticker ticker, InstantSource clock, Meters meters) {
    this.directory = directory;
    this.budget = new DenialBudget(ticker);
    this.clock = clock;
    this.lost =
        meters.counter(
            "anvil_audit_lost_total", "Refused calls that the audit log could not take.");
  }

  /** Whether a refusal of the source has an entry of its own; else a sum counts it. */
  boolean admits(String source) {
    return budget.admits(source);
  }

  /** Sums of the seconds that are over. */
  List<DenialBudget.Sum> over() {
    return budget.over();
  }

  Instant now() {
    return clock.instant();
  }

  /** Returns when the entries are durable, or counted as lost. */
  void write(List<AuditEntry.Facts> facts) {
    try {
      directory.append(AuditLog.DENIALS, facts, IdentityLimits.MAX_DENIALS_KEPT);
    } catch (AnvilException e) {
      // the caller is refused either way; the access log has it, and readiness says what is wrong
      lost.add(facts.stream().mapToLong(AuditEntry.Facts::count).sum());
    }
  }

  static String cut(String text) {
    return text == null || text.length() <= IdentityLimits.MAX_AUDIT_TEXT
        ? text
        : text.substring(0, IdentityLimits.MAX_AUDIT_TEXT);
  }
}
