package dev.anvil.identity;

/** Writes refused calls into the audit log before they are answered, so that none is lost. */
public final class RecordDenial {
  private final DenialLog log;

  /** Into this log. */
  public RecordDenial(DenialLog log) {
    this.log = log;
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
    return new Result(log.take(call, command));
  }
}
