package dev.anvil.identity;

/** Takes a scope back from an application, from its living tokens too; for administrators. */
public final class RemoveGrant {
  private final IdentityDirectory directory;

  /** On this directory. */
  public RemoveGrant(IdentityDirectory directory) {
    this.directory = directory;
  }

  /**
   * What to do.
   *
   * @param clientId of the application
   * @param scope as {@code action|resource}
   * @param reason why; null for none
   */
  public record Command(String clientId, String scope, String reason) {}

  /** The scope taken back, in its canonical form. */
  public record Result(String clientId, String scope) {}

  /**
   * Returns when it is durable.
   *
   * @throws dev.anvil.ports.failure.Invalid InvalidTokenScope
   * @throws dev.anvil.ports.failure.NotFound ApplicationNotFound, or GrantNotFound if it has not
   *     exactly this grant
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String clientId = Names.required("clientId", command.clientId());
    Scope scope = Scope.parse(command.scope());
    String reason = Names.reason(command.reason());
    directory.write(
        call,
        change -> {
          GrantRules.remove(change, change.application(clientId), scope, reason);
          return scope;
        });
    return new Result(clientId, scope.text());
  }
}
