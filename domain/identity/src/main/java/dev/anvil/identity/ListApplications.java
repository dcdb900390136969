package dev.anvil.identity;

import java.util.List;

/** Lists the applications of a tenant in the order of their names; for administrators. */
public final class ListApplications {
  private final IdentityDirectory directory;

  /** On this directory. */
  public ListApplications(IdentityDirectory directory) {
    this.directory = directory;
  }

  /**
   * Which page.
   *
   * @param tenant name of the tenant
   * @param after name of the application after which the page starts; null or empty for the first
   * @param limit most applications, 1 to {@link IdentityLimits#MAX_PAGE}
   */
  public record Command(String tenant, String after, int limit) {}

  /**
   * A page.
   *
   * @param applications in order, revoked ones too
   * @param next what to give as {@code after} for the next page; null if this is the last
   */
  public record Result(List<ApplicationInfo> applications, String next) {}

  /**
   * A page of the newest acknowledged state.
   *
   * @throws dev.anvil.ports.failure.NotFound TenantNotFound
   */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    int limit = Names.page(command.limit());
    String name = Names.required("tenant", command.tenant());
    Tenant tenant = directory.tenant(name);
    if (tenant == null) {
      throw IdentityChange.noTenant(name);
    }
    String after = command.after() == null ? "" : command.after();
    List<Application> found = directory.applicationsAfter(tenant.id(), after, limit + 1);
    boolean more = found.size() > limit;
    List<Application> page = more ? found.subList(0, limit) : found;
    return new Result(
        page.stream().map(ApplicationInfo::of).toList(), more ? page.getLast().name() : null);
  }
}
