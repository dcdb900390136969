package dev.anvil.identity;

/**
 * Gives authority the caller holds to another application of its tenant (delegation). The caller
 * needs the whole of it itself, and {@code policy:grant} on the same resource.
 */
public final class GrantAuthority {
  private final Delegation delegation;

  /** On this directory. */
  public GrantAuthority(IdentityDirectory directory) {
    this.delegation = new Delegation(directory);
  }

  /**
   * What to do.
   *
   * @param clientId of the application, in the tenant of the caller
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
   * @throws dev.anvil.ports.failure.Denied if the caller may not do or not pass on all of it
   * @throws dev.anvil.ports.failure.NotFound ApplicationNotFound, for one of another tenant too
   * @throws dev.anvil.ports.failure.Conflict AlreadyExists if it has exactly this grant
   */
  public Result execute(Call call, Command command) {
    Scope scope = Scope.parse(command.scope());
    delegation.require(call, scope);
    String clientId = Names.required("clientId", command.clientId());
    String reason = Names.reason(command.reason());
    delegation.write(
        call, scope, clientId, (change, app) -> GrantRules.add(change, app, scope, reason));
    return new Result(clientId, scope.text());
  }
}
