package dev.anvil.identity;

import dev.anvil.ports.identity.SealedSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of the API. It belongs to one tenant for ever.
 *
 * @param clientId unique in the deployment; the access key id of the S3 API too
 * @param tenantId internal id of its tenant
 * @param tenant name of its tenant
 * @param name unique in the tenant
 * @param revoked whether it is refused for good
 * @param createdAt time of the commit that created it
 * @param grants number of scopes granted to it
 * @param secrets the secrets that work, oldest first
 * @param changed directory cursor of its newest change, grants included
 */
public record Application(
    String clientId,
    long tenantId,
    String tenant,
    String name,
    boolean revoked,
    Instant createdAt,
    int grants,
    List<LiveSecret> secrets,
    long changed) {
  /**
   * A secret that works.
   *
   * @param id unique in the application
   * @param sealed its envelope
   * @param createdAt time of the commit that added it
   */
  public record LiveSecret(String id, SealedSecret sealed, Instant createdAt) {}

  /** Copies the list. */
  public Application {
    secrets = List.copyOf(secrets);
  }

  /** Whether the secret of this id works. */
  public boolean hasSecret(String id) {
    return !revoked && secrets.stream().anyMatch(secret -> secret.id().equals(id));
  }

  Application withGrants(int count, long cursor) {
    return new Application(
        clientId, tenantId, tenant, name, revoked, createdAt, count, secrets, cursor);
  }

  Application withSecret(LiveSecret secret, long cursor) {
    List<LiveSecret> all = new ArrayList<>(secrets);
    all.add(secret);
    return new Application(
        clientId, tenantId, tenant, name, revoked, createdAt, grants, all, cursor);
  }

  Application withoutSecret(String id, long cursor) {
    List<LiveSecret> left = secrets.stream().filter(s -> !s.id().equals(id)).toList();
    return new Application(
        clientId, tenantId, tenant, name, revoked, createdAt, grants, left, cursor);
  }

  Application revoked(long cursor) {
    return new Application(
        clientId, tenantId, tenant, name, true, createdAt, grants, List.of(), cursor);
  }
}
