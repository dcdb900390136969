package dev.anvil.identity;

import dev.anvil.ports.failure.NotFound;
import java.util.Map;

/**
 * Ends one secret of an application, or the application for good; for administrators. Tokens issued
 * for it are refused from the next request on.
 */
public final class RevokeApplication {
  private final IdentityDirectory directory;

  /** On this directory. */
  public RevokeApplication(IdentityDirectory directory) {
    this.directory = directory;
  }

  /**
   * What to do.
   *
   * @param tenant whose application it is; null for any
   * @param clientId of the application
   * @param secretId the secret to end; null ends the application
   * @param reason why; null for none
   */
  public record Command(String tenant, String clientId, String secretId, String reason) {
    /** Of any tenant. */
    public Command(String clientId, String secretId, String reason) {
      this(null, clientId, secretId, reason);
    }
  }

  /** The application now. */
  public record Result(ApplicationInfo application) {}

  /**
   * Returns when it is durable; an application revoked already is left as it is.
   *
   * @throws NotFound ApplicationNotFound, also if no secret of this id works
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String clientId = Names.required("clientId", command.clientId());
    String reason = Names.reason(command.reason());
    String secretId = command.secretId();
    Application now =
        directory.write(
            call,
            change -> {
              Application was = change.application(command.tenant(), clientId);
              return secretId == null
                  ? end(change, was, reason)
                  : endSecret(change, was, secretId, reason);
            });
    return new Result(ApplicationInfo.of(now));
  }

  private static Application end(IdentityChange change, Application was, String reason) {
    if (was.revoked()) {
      return was;
    }
    long cursor = change.record("application.revoked", was.tenantId(), was.clientId(), "", reason);
    Application now = was.revoked(cursor);
    change.put(now);
    return now;
  }

  private static Application endSecret(
      IdentityChange change, Application was, String secretId, String reason) {
    String clientId = was.clientId();
    if (!was.hasSecret(secretId)) {
      throw new NotFound(
          NotFound.Reason.APPLICATION,
          "application " + clientId + " has no secret of this id that works; list its secrets",
          Map.of("clientId", clientId));
    }
    long cursor =
        change.record("application.secret_revoked", was.tenantId(), clientId, secretId, reason);
    Application now = was.withoutSecret(secretId, cursor);
    change.put(now);
    return now;
  }
}
