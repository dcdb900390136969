package dev.anvil.authz.policy;

import dev.anvil.identity.Caller;
import java.util.Set;

/**
 * Whom a statement is about.
 *
 * @param everyone nobody in particular included
 * @param tenants accounts
 * @param applications client ids
 */
record Principals(boolean everyone, Set<Long> tenants, Set<String> applications) {
  boolean mean(Caller caller) {
    if (everyone) {
      return true;
    }
    return !caller.anonymous()
        && !caller.admin()
        && (tenants.contains(caller.tenantId()) || applications.contains(caller.clientId()));
  }
}
