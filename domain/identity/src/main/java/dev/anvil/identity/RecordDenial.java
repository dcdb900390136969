package dev.anvil.identity;

import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.time.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Writes refused calls into the audit log before they are answered, so that none is lost. A source
 * that is refused more than {@link IdentityLimits#MAX_DENIALS_A_SECOND} times a second, or a node
 * that refuses more than {@link IdentityLimits#MAX_DENIALS_OF_NODE} in all, has the rest of that
 * second summed into one entry, which {@link #settle} writes: refusing costs an attacker more than
 * us, and a flood cannot fill the disk, of which the log keeps {@link
 * IdentityLimits#MAX_DENIALS_KEPT}.
 */
public final class RecordDenial {
  private final IdentityDirectory directory;
  private final DenialBudget budget;
  private final InstantSource clock;
  private final Meters.Counter lost;

  /** On this directory. */
  public RecordDenial(
      IdentityDirectory directory, Ticker ticker, InstantSource clock, Meters meters) {
    this.directory = directory;
    this.budget = new DenialBudget(ticker);
    this.clock = clock;
    this.lost =
        meters.counter(
            "anvil_audit_lost_total", "Refused calls that the audit log could not take.");
  }

  /**
   * A call that is refused.
   *
   * @param source address it comes from
   * @param actor who calls, as far as known
   * @param operation what was asked for, with its API
   * @param code what is answered
   */
  public record Command(String source, String actor, String operation, String code) {}

  /** Whether it has an entry of its own; else a sum will hold it. */
  public record Result(boolean written) {}

  /** Returns when the entry is durable; a store that takes nothing does not stop the refusal. */
  public Result execute(Call call, Command command) {
    if (!budget.admits(command.source())) {
      return new Result(false);
    }
    write(
        List.of(
            new AuditEntry.Facts(
                clock.instant(),
                cut(command.actor()),
                cut(call.requestId()),
                "denied",
                cut(command.operation()),
                cut(command.code()),
                cut(command.source()),
                1,
                null,
                null)));
    return new Result(true);
  }

  /** Leased work: writes the sums of the seconds that are over; whether any was left out. */
  public boolean settle() {
    List<DenialBudget.Sum> sums = budget.over();
    if (!sums.isEmpty()) {
      Instant at = clock.instant();
      write(
          sums.stream()
              .map(sum ->
                  new AuditEntry.Facts(
                      at,
                      "anonymous",
                      null,
                      "denied.sum",
                      "",
                      "",
                      cut(sum.source()),
                      sum.count(),
                      null,
                      null))
              .toList());
    }
    return false;
  }

  private void write(List<AuditEntry.Facts> facts) {
    try {
      directory.append(AuditLog.DENIALS, facts, IdentityLimits.MAX_DENIALS_KEPT);
    } catch (AnvilException e) {
      // the caller is refused either way; the access log has it, and readiness says what is wrong
      lost.add(facts.stream().mapToLong(AuditEntry.Facts::count).sum());
    }
  }

  private static String cut(String text) {
    return text == null || text.length() <= IdentityLimits.MAX_AUDIT_TEXT
        ? text
        : text.substring(0, IdentityLimits.MAX_AUDIT_TEXT);
  }
}
