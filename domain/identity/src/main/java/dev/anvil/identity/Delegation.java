package dev.anvil.identity;

import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.failure.Unavailable;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The rule of delegation: nobody passes on more than it holds, and only inside its own tenant. It
 * is decided before the commit and confirmed in it, so that authority that was taken away cannot be
 * saved by a request that was under way.
 */
final class Delegation {
  private static final int MAX_TRIES = 4;

  private final IdentityDirectory directory;

  Delegation(IdentityDirectory directory) {
    this.directory = directory;
  }

  /**
   * Returns if the caller may pass on the scope now.
   *
   * @return directory cursor of the caller's state that the decision rests on
   */
  long require(Call call, Scope scope) {
    Caller caller = call.caller();
    if (caller.anonymous()) {
      throw new Unauthenticated(
          Unauthenticated.Reason.CREDENTIALS, "this needs credentials; send a bearer token");
    }
    KnownApplication known = caller.admin() ? null : directory.application(caller.clientId());
    if (known == null || known.application().revoked()) {
      throw new Denied("only an application passes its authority on");
    }
    Scope pass = Scope.of(Action.POLICY_GRANT, scope.resource());
    for (Scope needed : new Scope[] {scope, pass}) {
      if (!caller.scopes().covers(needed) || !known.scopes().covers(needed)) {
        throw new Denied(
            Denied.Reason.PERMISSION,
            "passing on '" + scope + "' needs '" + needed + "', which this caller does not hold",
            Map.of("scope", scope.text(), "needed", needed.text()));
      }
    }
    return known.application().changed();
  }

  /** Changes the grants of an application of the caller's tenant, the rule confirmed. */
  void write(
      Call call, Scope scope, String clientId, BiConsumer<IdentityChange, Application> effect) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      long restsOn = require(call, scope);
      boolean confirmed =
          directory.write(
              call,
              change -> {
                Caller caller = call.caller();
                if (change.application(caller.clientId()).changed() != restsOn) {
                  return false;
                }
                Application app = change.application(clientId);
                if (app.tenantId() != caller.tenantId()) {
                  throw IdentityChange.noApplication(clientId);
                }
                effect.accept(change, app);
                return true;
              });
      if (confirmed) {
        return;
      }
    }
    throw new Unavailable(
        Unavailable.Reason.OVERLOADED, "the grants of the caller keep changing; try again");
  }
}
