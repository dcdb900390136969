package dev.anvil.identity;

import java.util.List;

/** Lists tenants in the order of their names; for administrators. */
public final class ListTenants {
  private final IdentityDirectory directory;

  /** On this directory. */
  public ListTenants(IdentityDirectory directory) {
    this.directory = directory;
  }

  /**
   * Which page.
   *
   * @param after name after which the page starts; null or empty for the first
   * @param limit most tenants, 1 to {@link IdentityLimits#MAX_PAGE}
   */
  public record Command(String after, int limit) {}

  /**
   * A page.
   *
   * @param tenants in order
   * @param next what to give as {@code after} for the next page; null if this is the last
   */
  public record Result(List<Tenant> tenants, String next) {}

  /** A page of the newest acknowledged state. */
  public Result execute(Call call, Command command) {
    AdminDoor.require(call);
    int limit = Names.page(command.limit());
    String after = command.after() == null ? "" : command.after();
    List<Tenant> found = directory.tenantsAfter(after, limit + 1);
    boolean more = found.size() > limit;
    List<Tenant> page = more ? found.subList(0, limit) : found;
    return new Result(List.copyOf(page), more ? page.getLast().name() : null);
  }
}
