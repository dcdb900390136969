package dev.anvil.identity;

import java.util.List;

/**
 * Lists the grants of an application, at most {@link IdentityLimits#MAX_GRANTS}; for
 * administrators.
 */
public final class ListGrants {
  private final IdentityDirectory directory;

  /** On this directory. */
  public ListGrants(IdentityDirectory directory) {
    this.directory = directory;
  }

  /** Which application. */
  public record Command(String clientId) {}

  /** All of its grants, in the order of their texts. */
  public record Result(List<Grant> grants) {}

  /**
   * The newest durable state.
   *
   * @throws dev.anvil.ports.failure.NotFound ApplicationNotFound
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String clientId = Names.required("clientId", command.clientId());
    if (directory.application(clientId) == null) {
      throw IdentityChange.noApplication(clientId);
    }
    return new Result(directory.grants(clientId));
  }
}
