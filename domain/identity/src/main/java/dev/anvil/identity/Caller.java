package dev.anvil.identity;

/**
 * Who calls, as authentication found it. It holds no secret.
 *
 * @param tenantId internal id of the tenant; 0 for administrators and for nobody
 * @param tenant name of the tenant; empty for administrators and for nobody
 * @param clientId client id of the application, name of the administrator, or empty for nobody
 * @param scopes what the caller may do at most
 * @param admin whether this is an administrator of the deployment
 * @param subject end user for whom an application acts, as relationships write it, or null
 */
public record Caller(
    long tenantId, String tenant, String clientId, Scopes scopes, boolean admin, String subject) {
  /** Nobody is proved to be calling. */
  public static final Caller ANONYMOUS = new Caller(0, "", "", Scopes.NONE, false, null);

  /** An administrator of the deployment, of no tenant. */
  public static Caller admin(String name) {
    return new Caller(0, "", name, Scopes.ALL, true, null);
  }

  /** Leased work of the server itself; it may do nothing through a door. */
  static Caller duty(String name) {
    return new Caller(0, "", "duty:" + name, Scopes.NONE, false, null);
  }

  /** An application of a tenant. */
  public static Caller application(long tenantId, String tenant, String clientId, Scopes scopes) {
    return new Caller(tenantId, tenant, clientId, scopes, false, null);
  }

  /** The same application acting for an end user; whether it may was asked before. */
  public Caller actingFor(String endUser) {
    return new Caller(tenantId, tenant, clientId, scopes, admin, endUser);
  }

  /** Whether nobody is proved to be calling. */
  public boolean anonymous() {
    return clientId.isEmpty();
  }

  /**
   * As in the journal: {@code app:<clientId>}, {@code app:<clientId> for <subject>}, {@code
   * admin:<name>}, {@code duty:<name>} or {@code anonymous}.
   */
  public String actor() {
    if (anonymous() || clientId.startsWith("duty:")) {
      return anonymous() ? "anonymous" : clientId;
    }
    String self = (admin ? "admin:" : "app:") + clientId;
    return subject == null ? self : self + " for " + subject;
  }
}
