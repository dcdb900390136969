package dev.anvil.authz.grants;

import dev.anvil.identity.Caller;

/** Whom an entry of an access control list names. */
public sealed interface Grantee {
  /** Every application of a tenant. */
  record Account(long tenantId) implements Grantee {
    @Override
    public boolean means(Caller caller) {
      return !caller.anonymous() && !caller.admin() && caller.tenantId() == tenantId;
    }

    @Override
    public boolean open() {
      return false;
    }
  }

  /** Callers that are not named one by one. */
  enum Group implements Grantee {
    /** Everybody, nobody in particular included. */
    ALL_USERS,
    /** Every application of the deployment. */
    AUTHENTICATED_USERS,
    /** Those that write access logs; there are none. */
    LOG_DELIVERY;

    @Override
    public boolean means(Caller caller) {
      return switch (this) {
        case ALL_USERS -> true;
        case AUTHENTICATED_USERS -> !caller.anonymous();
        case LOG_DELIVERY -> false;
      };
    }

    @Override
    public boolean open() {
      return this != LOG_DELIVERY;
    }
  }

  /** Whether the caller is meant. */
  boolean means(Caller caller);

  /** Whether it stands for the public. */
  boolean open();
}
