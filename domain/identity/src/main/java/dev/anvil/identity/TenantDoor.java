package dev.anvil.identity;

import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.storage.ReadTx;

/** Asks, inside a commit of the directory, whether a tenant may still be given something. */
public final class TenantDoor {
  private TenantDoor() {}

  /** What the tenant of this name and id may use; the usual if there is none. One read. */
  public static TenantLimits limits(ReadTx directory, String name, long tenantId) {
    byte[] value = directory.get(IdentityRecords.tenantKey(name));
    Tenant tenant = value == null ? null : IdentityRecords.tenant(value);
    return tenant == null || tenant.id() != tenantId ? TenantLimits.USUAL : tenant.limits();
  }

  /**
   * Stops a caller whose tenant began to be deleted after the caller was authenticated; one read.
   *
   * @throws Unauthenticated as for any caller of a tenant that is gone
   */
  public static void requireStaying(ReadTx directory, Caller caller) {
    byte[] value = directory.get(IdentityRecords.tenantKey(caller.tenant()));
    Tenant tenant = value == null ? null : IdentityRecords.tenant(value);
    if (tenant != null && (tenant.id() != caller.tenantId() || tenant.deleting())) {
      throw new Unauthenticated(
          Unauthenticated.Reason.CREDENTIALS, "the tenant of this caller is no more");
    }
  }
}
