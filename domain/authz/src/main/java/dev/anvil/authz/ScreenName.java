package dev.anvil.authz;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.ports.failure.ReservedNamespace;

/**
 * Shuts the reserved namespace before anything else of a request is looked at: a caller who names
 * it is told so, whatever else is wrong with the request. It grants nothing; the use case that does
 * the work asks {@link Access} again.
 */
public final class ScreenName {
  /**
   * A name.
   *
   * @param action what it was named for; for the log
   * @param name decoded bytes of a key or prefix, not changed by who holds them
   */
  public record Command(Action action, byte[] name) {}

  /** The name is an ordinary one. */
  public record Result() {}

  private static final Result ORDINARY = new Result();

  private final Access access;

  /** Refusals are counted and logged there. */
  public ScreenName(Access access) {
    this.access = access;
  }

  /**
   * Returns for an ordinary name, even one that is no valid key.
   *
   * @throws ReservedNamespace for a reserved one, whoever calls
   */
  public Result execute(Call call, Command command) {
    access.requireOrdinary(call, command.action(), new Resource.Unplaced(command.name()));
    return ORDINARY;
  }
}
