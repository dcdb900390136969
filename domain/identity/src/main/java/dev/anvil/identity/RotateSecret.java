package dev.anvil.identity;

import dev.anvil.identity.Application.LiveSecret;
import dev.anvil.ports.failure.LimitExceeded;
import java.util.Map;

/**
 * Adds a secret to an application; for administrators. The older ones work until they are revoked,
 * so that clients can change over without a pause.
 */
public final class RotateSecret {
  private final IdentityDirectory directory;
  private final Credentials credentials;

  /** On this directory. */
  public RotateSecret(IdentityDirectory directory, Credentials credentials) {
    this.directory = directory;
    this.credentials = credentials;
  }

  /** Which application, of which tenant or of any if null; the reason may be null. */
  public record Command(String tenant, String clientId, String reason) {
    /** Of any tenant. */
    public Command(String clientId, String reason) {
      this(null, clientId, reason);
    }
  }

  /**
   * The application with its new secret, which cannot be had again.
   *
   * @param application without what is secret
   * @param secretId id of the new secret
   * @param clientSecret shown this once
   */
  public record Result(ApplicationInfo application, String secretId, String clientSecret) {
    @Override
    public String toString() {
      return "Result[application=" + application + ", secretId=" + secretId + "]";
    }
  }

  /**
   * Returns when the secret is durable.
   *
   * @throws dev.anvil.ports.failure.NotFound ApplicationNotFound, for a revoked one too
   * @throws LimitExceeded if it has {@link IdentityLimits#MAX_LIVE_SECRETS} already
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String clientId = Names.required("clientId", command.clientId());
    String reason = Names.reason(command.reason());
    Credentials.NewSecret secret = credentials.newSecret(clientId);
    Application now =
        directory.write(
            call,
            change -> {
              credentials.requireCurrent(secret);
              return add(change, command.tenant(), clientId, secret, reason);
            });
    return new Result(ApplicationInfo.of(now), secret.id(), secret.text());
  }

  private static Application add(
      IdentityChange change,
      String tenant,
      String clientId,
      Credentials.NewSecret secret,
      String reason) {
    Application was = change.application(tenant, clientId);
    if (was.revoked()) {
      throw IdentityChange.noApplication(clientId);
    }
    if (was.secrets().size() >= IdentityLimits.MAX_LIVE_SECRETS) {
      int max = IdentityLimits.MAX_LIVE_SECRETS;
      throw new LimitExceeded(
          LimitExceeded.Reason.QUOTA,
          "application " + clientId + " has " + max + " secrets that work; revoke one first",
          Map.of("limit", "maxLiveSecrets", "max", max));
    }
    long cursor =
        change.record("application.secret_added", was.tenantId(), clientId, secret.id(), reason);
    Application now =
        was.withSecret(new LiveSecret(secret.id(), secret.sealed(), change.at()), cursor);
    change.put(now);
    return now;
  }
}
