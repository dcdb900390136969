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
 * @param tokensFrom tokens issued before are refused; whole seconds
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
    long changed,
    Instant tokensFrom) {
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

  /** One whose tokens all stand. */
  public Application(
      String clientId,
      long tenantId,
      String tenant,
      String name,
      boolean revoked,
      Instant createdAt,
      int grants,
      List<LiveSecret> secrets,
      long changed) {
    this(
        clientId,
        tenantId,
        tenant,
        name,
        revoked,
        createdAt,
        grants,
        secrets,
        changed,
        Instant.EPOCH);
  }

  /** Whether the secret of this id works. */
  public boolean hasSecret(String id) {
    return !revoked && secrets.stream().anyMatch(secret -> secret.id().equals(id));
  }

  Application withGrants(int count, long cursor) {
    return with(revoked, count, secrets, cursor, tokensFrom);
  }

  Application withSecret(LiveSecret secret, long cursor) {
    List<LiveSecret> all = new ArrayList<>(secrets);
    all.add(secret);
    return with(revoked, grants, all, cursor, tokensFrom);
  }

  Application withSecrets(List<LiveSecret> all, long cursor) {
    return with(revoked, grants, all, cursor, tokensFrom);
  }

  Application withoutSecret(String id, long cursor) {
    List<LiveSecret> left = secrets.stream().filter(s -> !s.id().equals(id)).toList();
    return with(revoked, grants, left, cursor, tokensFrom);
  }

  Application withTokensFrom(Instant first, long cursor) {
    return with(revoked, grants, secrets, cursor, first);
  }

  Application revoked(long cursor) {
    return with(true, grants, List.of(), cursor, tokensFrom);
  }

  private Application with(
      boolean ended, int count, List<LiveSecret> all, long cursor, Instant first) {
    return new Application(
        clientId, tenantId, tenant, name, ended, createdAt, count, all, cursor, first);
  }
}
