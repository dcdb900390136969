package dev.anvil.identity;

import java.time.Instant;
import java.util.List;

/**
 * What may be shown of an application.
 *
 * @param clientId unique in the deployment
 * @param tenant name of its tenant
 * @param name unique in the tenant
 * @param revoked whether it is refused for good
 * @param createdAt time of the commit that created it
 * @param grants number of scopes granted to it
 * @param secrets the secrets that work, oldest first, without what is secret
 */
public record ApplicationInfo(
    String clientId,
    String tenant,
    String name,
    boolean revoked,
    Instant createdAt,
    int grants,
    List<SecretInfo> secrets) {
  /**
   * What may be shown of a secret.
   *
   * @param id what revokes it
   * @param createdAt time of the commit that added it
   */
  public record SecretInfo(String id, Instant createdAt) {}

  static ApplicationInfo of(Application app) {
    return new ApplicationInfo(
        app.clientId(),
        app.tenant(),
        app.name(),
        app.revoked(),
        app.createdAt(),
        app.grants(),
        app.secrets().stream().map(s -> new SecretInfo(s.id(), s.createdAt())).toList());
  }
}
