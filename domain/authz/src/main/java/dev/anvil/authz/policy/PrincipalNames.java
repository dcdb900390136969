package dev.anvil.authz.policy;

/** Finds whom the principals of a policy name. */
public interface PrincipalNames {
  /** Stands for nobody. */
  long NONE = -1;

  /** Tenant with this account number or name, or {@link #NONE}. */
  long account(String numberOrName);

  /** Tenant with this canonical user id, or {@link #NONE}. */
  long canonical(String id);

  /** Tenant of the application with this client id, or {@link #NONE}. */
  long application(String clientId);
}
