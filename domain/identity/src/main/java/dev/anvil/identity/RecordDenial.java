package dev.anvil.identity;

import java.util.List;

/**
 * Writes refused calls into the audit log before they are answered, so that none is lost. A source
 * that is refused more than {@link IdentityLimits#MAX_DENIALS_A_SECOND} times a second, or a node
 * that refuses more than {@link IdentityLimits#MAX_DENIALS_OF_NODE} in all, has the rest of that
 * second summed into one entry, which {@link SettleDenials} writes: refusing costs an attacker more
 * than us, and a flood cannot fill the disk, of which the log keeps {@link
 * IdentityLimits#MAX_DENIALS_KEPT}.
 */
public final class RecordDenial {
  private final Denials denials;

  /** Among these. */
  public RecordDenial(Denials denials) {
    this.denials = denials;
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
    if (!denials.admits(command.source())) {
      return new Result(false);
    }
    denials.write(
        List.of(
            new AuditEntry.Facts(
                denials.now(),
                Denials.cut(command.actor()),
                Denials.cut(call.requestId()),
                "denied",
                Denials.cut(command.operation()),
                Denials.cut(command.code()),
                Denials.cut(command.source()),
                1,
                null,
                null)));
    return new Result(true);
  }
}
