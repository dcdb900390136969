package dev.anvil.authz.relations;

import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.TupleWrites;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.authz.tuples.Tuple;
import dev.anvil.identity.AdminStep;
import dev.anvil.identity.Call;
import dev.anvil.identity.IdentityDirectory;
import dev.anvil.identity.Tenant;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unauthenticated;
import java.util.List;
import java.util.Map;

/** Makes an application an admin of its tenant's relationships: the first, or one more. */
public final class AppointTenantAdmin {
  /** Which application of which tenant. */
  public record Command(String tenant, String clientId, String reason) {}

  /** Whether it was none before. */
  public record Result(boolean changed) {}

  private final AuthzServices services;
  private final IdentityDirectory directory;

  /** Looks tenants up in the directory. */
  public AppointTenantAdmin(AuthzServices services, IdentityDirectory directory) {
    this.services = services;
    this.directory = directory;
  }

  /** Needs an administrator of the deployment. */
  public Result execute(Call call, Command command) {
    if (call.caller().anonymous()) {
      throw new Unauthenticated(
          Unauthenticated.Reason.CREDENTIALS, "this needs the admin credential; send it as bearer");
    }
    if (!call.caller().admin()) {
      throw new Denied("only an administrator of the deployment may do this");
    }
    Tenant tenant = command.tenant() == null ? null : directory.tenant(command.tenant());
    if (tenant == null) {
      throw new NotFound(
          NotFound.Reason.TENANT,
          "there is no tenant '" + command.tenant() + "'; check the name",
          Map.of("tenant", String.valueOf(command.tenant())));
    }
    if (command.clientId() == null || command.clientId().isEmpty()) {
      throw new Invalid(Invalid.Reason.ARGUMENT, "'clientId' is missing; name an application");
    }
    Tuple admin =
        Tuple.of(
            new ObjectRef("anvil/tenant", tenant.name()),
            "admin",
            new SubjectRef("anvil/app", command.clientId(), null));
    WriteRequest request =
        new WriteRequest(
            List.of(new WriteRequest.Change(WriteRequest.Op.TOUCH, admin)),
            List.of(),
            null,
            command.reason());
    new AdminStep(directory)
        .begins(
            call,
            "tenant.admin_appointed",
            tenant.id(),
            tenant.name(),
            command.clientId(),
            command.reason());
    WriteRequest.Receipt done =
        new TupleWrites(services.relationships())
            .write(
                new Relationships.Owner(tenant.id(), tenant.name()),
                request,
                Prints.by(call, 0, null, null));
    return new Result(done.effects().getFirst() != WriteRequest.Effect.UNCHANGED);
  }
}
