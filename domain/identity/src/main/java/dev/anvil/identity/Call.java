package dev.anvil.identity;

/**
 * One request as every use case sees it.
 *
 * @param caller who calls
 * @param requestId id of the request, also in its answer, its log lines and its journal entries
 * @param circumstances what else the request says of itself
 * @param stated what it was allowed to state
 */
public record Call(Caller caller, String requestId, Circumstances circumstances, Stated stated) {
  /** A request that states nothing. */
  public Call(Caller caller, String requestId, Circumstances circumstances) {
    this(caller, requestId, circumstances, Stated.NOTHING);
  }

  /** A request of which nothing else is known. */
  public Call(Caller caller, String requestId) {
    this(caller, requestId, Circumstances.UNKNOWN);
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
