package dev.anvil.identity;

import dev.anvil.identity.Application.LiveSecret;
import dev.anvil.ports.storage.WriteBounds;
import java.util.List;

/** Creates an application with its first secret and its first grants; for administrators. */
public final class CreateApplication {
  private final IdentityDirectory directory;
  private final Credentials credentials;

  /** On this directory. */
  public CreateApplication(IdentityDirectory directory, Credentials credentials) {
    this.directory = directory;
    this.credentials = credentials;
  }

  /**
   * What to do.
   *
   * @param tenant name of the tenant
   * @param name 1 to 128 printable characters, unique in the tenant
   * @param grants scopes granted with the creation, each once; at most {@link
   *     IdentityLimits#MAX_REQUESTED_SCOPES}
   * @param reason why; null for none
   */
  public record Command(String tenant, String name, List<String> grants, String reason) {
    /** Copies the list. */
    public Command {
      grants = List.copyOf(grants);
    }
  }

  /**
   * The new application; the secret cannot be had again.
   *
   * @param application without what is secret
   * @param clientSecret shown this once
   * @param grants canonical texts of the scopes granted
   */
  public record Result(ApplicationInfo application, String clientSecret, List<String> grants) {
    @Override
    public String toString() {
      return "Result[application=" + application + ", grants=" + grants + "]";
    }
  }

  /**
   * Returns when the application is durable.
   *
   * @throws dev.anvil.ports.failure.Invalid InvalidArgument or InvalidTokenScope
   * @throws dev.anvil.ports.failure.NotFound TenantNotFound
   * @throws dev.anvil.ports.failure.Conflict AlreadyExists if the tenant has one of this name
   * @throws dev.anvil.ports.failure.LimitExceeded if the deployment has all applications it may
   *     have
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String tenant = Names.required("tenant", command.tenant());
    String name = Names.application(command.name());
    String reason = Names.reason(command.reason());
    IdentityChange.within(
        "maxGrantsAtCreation", command.grants().size(), IdentityLimits.MAX_REQUESTED_SCOPES);
    List<Scope> scopes = command.grants().stream().map(Scope::parse).distinct().sorted().toList();
    String clientId = credentials.newClientId();
    Credentials.NewSecret secret = credentials.newSecret(clientId);
    Application created =
        directory.write(
            WriteBounds.reads(32 + 2 * IdentityLimits.MAX_REQUESTED_SCOPES),
            call,
            change -> {
              Tenant owner = DeleteTenant.requireStaying(change.tenant(tenant));
              change.takeName(owner, name, clientId);
              change.count(0, 1);
              credentials.requireCurrent(secret);
              LiveSecret live = new LiveSecret(secret.id(), secret.sealed(), change.at());
              String granted = String.join(" ", scopes.stream().map(Scope::text).toList());
              long cursor =
                  change.record("application.created", owner.id(), clientId, granted, reason);
              Application app =
                  new Application(
                      clientId,
                      owner.id(),
                      tenant,
                      name,
                      false,
                      change.at(),
                      scopes.size(),
                      List.of(live),
                      cursor);
              change.put(app);
              for (Scope scope : scopes) {
                change.putGrant(clientId, scope, reason);
              }
              return app;
            });
    return new Result(
        ApplicationInfo.of(created), secret.text(), scopes.stream().map(Scope::text).toList());
  }
}
