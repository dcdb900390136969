package dev.anvil.objects.exposure;

import dev.anvil.authz.policy.PrincipalNames;
import dev.anvil.identity.Accounts;

/** Principals of policies are tenants and applications. */
record AccountPrincipals(Accounts accounts) implements PrincipalNames {
  @Override
  public long account(String numberOrName) {
    return accounts.byNumberOrName(numberOrName);
  }

  @Override
  public long canonical(String id) {
    return accounts.byCanonicalId(id);
  }

  @Override
  public long application(String clientId) {
    return accounts.ofApplication(clientId);
  }
}
