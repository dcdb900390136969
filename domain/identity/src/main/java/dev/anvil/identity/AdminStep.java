package dev.anvil.identity;

/**
 * Puts into the audit log what an administrator does outside the directory, where the change itself
 * cannot be in the same commit: the entry comes first, so that no step is without one.
 */
public final class AdminStep {
  private final IdentityDirectory directory;

  /** On this directory. */
  public AdminStep(IdentityDirectory directory) {
    this.directory = directory;
  }

  /**
   * Returns when the entry is durable; then the step may be taken.
   *
   * @param kind what is about to be done, for example {@code tenant.admin_appointed}
   * @param tenantId whose it is; 0 for the deployment's
   * @param subject what it is done to
   * @param detail more about it
   * @param reason in the words of the administrator; null for none
   */
  public void begins(
      Call call, String kind, long tenantId, String subject, String detail, String reason) {
    AdminDoor.require(call);
    String why = Names.reason(reason);
    directory.write(call, change -> change.record(kind, tenantId, subject, detail, why));
  }
}
