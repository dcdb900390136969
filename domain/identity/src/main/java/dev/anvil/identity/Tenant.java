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
 */
public record Tenant(long id, String name, boolean suspended, Instant createdAt, long changed) {
  Tenant suspended(boolean now, long cursor) {
    return new Tenant(id, name, now, createdAt, cursor);
  }
}
