package dev.anvil.identity;

/**
 * Takes authority the caller holds back from another application of its tenant. The caller needs
 * the whole of it itself, and {@code policy:grant} on the same resource.
 */
public final class RevokeAuthority {
  private final Delegation delegation;

  /** On this directory. */
  public RevokeAuthority(IdentityDirectory directory) {
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

  /** The scope taken back, in its canonical form. */
  public record Result(String clientId, String scope) {}

  /**
   * Returns when it is durable.
   *
   * @throws dev.anvil.ports.failure.Invalid InvalidTokenScope
   * @throws dev.anvil.ports.failure.Denied if the caller may not do or not pass on all of it
   * @throws dev.anvil.ports.failure.NotFound ApplicationNotFound, for one of another tenant too
   * @throws dev.anvil.ports.failure.NotFound GrantNotFound if it has not exactly this grant
   */
  public Result execute(Call call, Command command) {
    Scope scope = Scope.parse(command.scope());
    delegation.require(call, scope);
    String clientId = Names.required("clientId", command.clientId());
    String reason = Names.reason(command.reason());
    delegation.write(
        call, scope, clientId, (change, app) -> GrantRules.remove(change, app, scope, reason));
    return new Result(clientId, scope.text());
  }
}
