package dev.anvil.identity;

/**
 * One request as every use case sees it.
 *
 * @param caller who calls
 * @param requestId id of the request, also in its answer, its log lines and its journal entries
 * @param circumstances what conditions may ask for
 */
public record Call(Caller caller, String requestId, Circumstances circumstances) {
  /** A request of which no more is known. */
  public Call(Caller caller, String requestId) {
    this(caller, requestId, Circumstances.NONE);
  }

  /** Background work; its entries bear its name and no request's id. */
  public static Call ofDuty(String name) {
    return new Call(Caller.duty(name), null);
  }

  /** A request before, or without, authentication. */
  public static Call anonymous(String requestId) {
    return new Call(Caller.ANONYMOUS, requestId);
  }
}
