package dev.anvil.identity;

import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.NotFound;
import java.util.Map;

/** What adding and removing a grant do inside the commit, whoever asked for it. */
final class GrantRules {
  private GrantRules() {}

  /** Adds the grant to a live application. */
  static void add(IdentityChange change, Application app, Scope scope, String reason) {
    if (app.revoked()) {
      throw IdentityChange.noApplication(app.clientId());
    }
    if (change.hasGrant(app.clientId(), scope)) {
      throw new Conflict(
          Conflict.Reason.ALREADY_EXISTS,
          "application " + app.clientId() + " has the grant '" + scope + "'",
          Map.of("clientId", app.clientId(), "scope", scope.text()));
    }
    IdentityChange.within("maxGrants", app.grants() + 1, IdentityLimits.MAX_GRANTS);
    change.putGrant(app.clientId(), scope, reason);
    long cursor =
        change.record("grant.added", app.tenantId(), app.clientId(), scope.text(), reason);
    change.put(app.withGrants(app.grants() + 1, cursor));
  }

  /** Removes the grant, or NotFound. */
  static void remove(IdentityChange change, Application app, Scope scope, String reason) {
    if (!change.hasGrant(app.clientId(), scope)) {
      throw new NotFound(
          NotFound.Reason.GRANT,
          "application " + app.clientId() + " has no grant '" + scope + "'; list its grants",
          Map.of("clientId", app.clientId(), "scope", scope.text()));
    }
    change.deleteGrant(app.clientId(), scope);
    long cursor =
        change.record("grant.removed", app.tenantId(), app.clientId(), scope.text(), reason);
    change.put(app.withGrants(app.grants() - 1, cursor));
  }
}
