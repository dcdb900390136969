package dev.anvil.identity;

/**
 * Suspends a tenant, or lets it go on; for administrators. Its applications are refused at once.
 */
public final class SuspendTenant {
  private final IdentityDirectory directory;

  /** On this directory. */
  public SuspendTenant(IdentityDirectory directory) {
    this.directory = directory;
  }

  /**
   * What to do.
   *
   * @param name of the tenant
   * @param suspended the state it shall have
   * @param reason why; null for none
   */
  public record Command(String name, boolean suspended, String reason) {}

  /** The tenant now. */
  public record Result(Tenant tenant) {}

  /**
   * Returns when the state is durable; a tenant that has it already is left as it is.
   *
   * @throws dev.anvil.ports.failure.NotFound TenantNotFound
   * @throws dev.anvil.ports.failure.WrongState TenantDeleting
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String name = Names.required("tenant", command.name());
    String reason = Names.reason(command.reason());
    return new Result(
        directory.write(call, change -> suspend(change, name, command.suspended(), reason)));
  }

  private static Tenant suspend(
      IdentityChange change, String name, boolean suspended, String reason) {
    Tenant was = DeleteTenant.requireStaying(change.tenant(name));
    if (was.suspended() == suspended) {
      return was;
    }
    String kind = suspended ? "tenant.suspended" : "tenant.resumed";
    long cursor = change.record(kind, was.id(), name, "", reason);
    Tenant now = was.suspended(suspended, cursor);
    change.put(now);
    return now;
  }
}
