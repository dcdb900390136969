package dev.anvil.identity;

import dev.anvil.ports.failure.WrongState;
import java.util.Map;

/**
 * Begins the end of a tenant; for administrators. Its applications are refused from this commit on,
 * and nothing can be added to it; leased work erases what it holds and then its name.
 */
public final class DeleteTenant {
  private final IdentityDirectory directory;

  /** On this directory. */
  public DeleteTenant(IdentityDirectory directory) {
    this.directory = directory;
  }

  /**
   * What to do.
   *
   * @param name of the tenant
   * @param reason why; null for none
   */
  public record Command(String name, String reason) {}

  /** The tenant now: on its way out. */
  public record Result(Tenant tenant) {}

  /**
   * Returns when it is durable; a tenant that is being deleted already is left as it is.
   *
   * @throws dev.anvil.ports.failure.NotFound TenantNotFound
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String name = Names.required("tenant", command.name());
    String reason = Names.reason(command.reason());
    return new Result(directory.write(call, change -> shut(change, name, reason)));
  }

  private static Tenant shut(IdentityChange change, String name, String reason) {
    Tenant was = change.tenant(name);
    if (was.deleting()) {
      return was;
    }
    long cursor = change.record("tenant.deleting", was.id(), name, "", reason);
    Tenant now = was.deleting(cursor);
    change.put(now);
    return now;
  }

  /** Refuses what cannot be done to a tenant that is being deleted. */
  static Tenant requireStaying(Tenant tenant) {
    if (tenant.deleting()) {
      throw new WrongState(
          WrongState.Reason.TENANT_DELETING,
          "tenant '" + tenant.name() + "' is being deleted; wait until its name is free",
          Map.of("tenant", tenant.name()));
    }
    return tenant;
  }
}
