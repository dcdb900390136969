package dev.anvil.identity;

import java.time.Instant;

/**
 * An isolation boundary; no credential.
 *
 * @param id internal id, never reused
 * @param name unique in the deployment
 * @param suspended whether its applications are refused
 * @param createdAt time of the commit that created it
 * @param changed directory cursor of its newest change
 * @param deleting whether it is on its way out: refused for good, while leased work erases it
 * @param limits what it may use
 */
public record Tenant(
    long id,
    String name,
    boolean suspended,
    Instant createdAt,
    long changed,
    boolean deleting,
    TenantLimits limits) {
  /** One with the usual limits that stays. */
  public Tenant(long id, String name, boolean suspended, Instant createdAt, long changed) {
    this(id, name, suspended, createdAt, changed, false, TenantLimits.USUAL);
  }

  Tenant suspended(boolean now, long cursor) {
    return new Tenant(id, name, now, createdAt, cursor, deleting, limits);
  }

  Tenant deleting(long cursor) {
    return new Tenant(id, name, suspended, createdAt, cursor, true, limits);
  }

  Tenant limited(TenantLimits other, long cursor) {
    return new Tenant(id, name, suspended, createdAt, cursor, deleting, other);
  }
}
