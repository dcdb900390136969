package dev.anvil.identity;

/** Grants a scope to an application; for administrators. */
public final class AddGrant {
  private final IdentityDirectory directory;

  /** On this directory. */
  public AddGrant(IdentityDirectory directory) {
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

  /** The scope granted, in its canonical form. */
  public record Result(String clientId, String scope) {}

  /**
   * Returns when it is durable.
   *
   * @throws dev.anvil.ports.failure.Invalid InvalidTokenScope
   * @throws dev.anvil.ports.failure.NotFound ApplicationNotFound, for a revoked one too
   * @throws dev.anvil.ports.failure.Conflict AlreadyExists if it has exactly this grant
   * @throws dev.anvil.ports.failure.LimitExceeded if it has all the grants it may have
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String clientId = Names.required("clientId", command.clientId());
    Scope scope = Scope.parse(command.scope());
    String reason = Names.reason(command.reason());
    directory.write(
        call,
        change -> {
          GrantRules.add(change, change.application(clientId), scope, reason);
          return scope;
        });
    return new Result(clientId, scope.text());
  }
}
