package dev.anvil.identity;

/**
 * Who calls, as authentication found it. It holds no secret.
 *
 * @param tenantId internal id of the tenant; 0 for administrators and for nobody
 * @param tenant name of the tenant; empty for administrators and for nobody
 * @param clientId client id of the application, name of the administrator, or empty for nobody
 * @param scopes what the caller may do at most
 * @param admin whether this is an administrator of the deployment
 */
public record Caller(long tenantId, String tenant, String clientId, Scopes scopes, boolean admin) {
  /** Nobody is proved to be calling. */
  public static final Caller ANONYMOUS = new Caller(0, "", "", Scopes.NONE, false);

  /** An administrator of the deployment, of no tenant. */
  public static Caller admin(String name) {
    return new Caller(0, "", name, Scopes.ALL, true);
  }

  /** Leased work of the server itself; it may do nothing through a door. */
  static Caller duty(String name) {
    return new Caller(0, "", "duty:" + name, Scopes.NONE, false);
  }

  /** An application of a tenant. */
  public static Caller application(long tenantId, String tenant, String clientId, Scopes scopes) {
    return new Caller(tenantId, tenant, clientId, scopes, false);
  }

  /** Whether nobody is proved to be calling. */
  public boolean anonymous() {
    return clientId.isEmpty();
  }

  /**
   * As in the journal: {@code app:<clientId>}, {@code admin:<name>}, {@code duty:<name>} or {@code
   * anonymous}.
   */
  public String actor() {
    if (anonymous() || clientId.startsWith("duty:")) {
      return anonymous() ? "anonymous" : clientId;
    }
    return (admin ? "admin:" : "app:") + clientId;
  }
}
