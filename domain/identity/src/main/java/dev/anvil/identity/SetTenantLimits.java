package dev.anvil.identity;

/** Says what a tenant may use; for administrators. It counts from the next request on. */
public final class SetTenantLimits {
  private final IdentityDirectory directory;

  /** On this directory. */
  public SetTenantLimits(IdentityDirectory directory) {
    this.directory = directory;
  }

  /**
   * What to do.
   *
   * @param name of the tenant
   * @param limits all of them; what is not said is the usual
   * @param reason why; null for none
   */
  public record Command(String name, TenantLimits limits, String reason) {}

  /** The tenant now. */
  public record Result(Tenant tenant) {}

  /**
   * Returns when it is durable; limits that it has already are left as they are.
   *
   * @throws dev.anvil.ports.failure.NotFound TenantNotFound
   * @throws dev.anvil.ports.failure.WrongState TenantDeleting
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    String name = Names.required("tenant", command.name());
    String reason = Names.reason(command.reason());
    return new Result(directory.write(call, change -> set(change, name, command.limits(), reason)));
  }

  private static Tenant set(
      IdentityChange change, String name, TenantLimits limits, String reason) {
    Tenant was = DeleteTenant.requireStaying(change.tenant(name));
    if (was.limits().equals(limits)) {
      return was;
    }
    String detail =
        "requests "
            + limits.requestsPerSecond()
            + "/s, in "
            + limits.bytesInPerSecond()
            + "/s, out "
            + limits.bytesOutPerSecond()
            + "/s, bytes "
            + limits.quotaBytes()
            + ", objects "
            + limits.quotaObjects();
    long cursor = change.record("tenant.limited", was.id(), name, detail, reason);
    Tenant now = was.limited(limits, cursor);
    change.put(now);
    return now;
  }
}
