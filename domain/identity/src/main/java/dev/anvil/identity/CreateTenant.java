package dev.anvil.identity;

import dev.anvil.ports.failure.Conflict;
import java.util.Map;

/** Creates a tenant; for administrators. */
public final class CreateTenant {
  private final IdentityDirectory directory;

  /** On this directory. */
  public CreateTenant(IdentityDirectory directory) {
    this.directory = directory;
  }

  /**
   * What to do.
   *
   * @param name 3 to 63 lower-case letters, digits and inner hyphens
   */
  public record Command(String name) {}

  /** The new tenant. */
  public record Result(Tenant tenant) {}

  /**
   * Returns when the tenant is durable.
   *
   * @throws dev.anvil.ports.failure.Invalid InvalidArgument if the name breaks its rule
   * @throws Conflict AlreadyExists if the name is taken
   * @throws dev.anvil.ports.failure.LimitExceeded if the deployment has all the tenants it may have
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String name = Names.tenant(command.name());
    return new Result(directory.write(call, change -> create(change, name)));
  }

  private static Tenant create(IdentityChange change, String name) {
    if (change.hasTenant(name)) {
      throw new Conflict(
          Conflict.Reason.ALREADY_EXISTS,
          "there is a tenant '" + name + "' already; choose another name",
          Map.of("tenant", name));
    }
    change.count(1, 0);
    long id = change.nextCursor();
    change.record("tenant.created", id, name, "", "");
    Tenant tenant = new Tenant(id, name, false, change.at(), id);
    change.put(tenant);
    return tenant;
  }
}
