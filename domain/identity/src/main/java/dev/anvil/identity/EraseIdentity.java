package dev.anvil.identity;

import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The last of a tenant: its applications with their names and grants, then its own record. Each
 * call is one commit with its audit entry, and may be repeated after a crash.
 */
public final class EraseIdentity {
  /** Reads of one application, beside its grants. */
  private static final int READS_EACH = 16;

  private final IdentityDirectory directory;

  /** On this directory. */
  public EraseIdentity(IdentityDirectory directory) {
    this.directory = directory;
  }

  /** Tenants that are being deleted. */
  public List<Tenant> waiting() {
    return directory.deleting();
  }

  /**
   * Erases some applications.
   *
   * @param fence runs first in the commit
   * @return whether more may be left
   */
  public boolean applications(Call call, Tenant tenant, Consumer<WriteTx> fence) {
    List<Application> next = directory.applicationsAfter(tenant.id(), "", 1);
    if (next.isEmpty()) {
      return false;
    }
    Application app = next.getFirst();
    directory.write(
        WriteBounds.reads(READS_EACH + 2 * IdentityLimits.MAX_GRANTS),
        call,
        change -> {
          fence.accept(change.tx());
          byte[] value = change.get(IdentityRecords.applicationKey(app.clientId()));
          if (value == null) {
            return null;
          }
          long cursor =
              change.record("application.erased", tenant.id(), app.clientId(), app.name(), "");
          for (byte[] grant : grants(change.tx(), app.clientId())) {
            change.delete(grant);
          }
          change.delete(IdentityRecords.applicationNameKey(app.tenantId(), app.name()));
          change.delete(IdentityRecords.applicationKey(app.clientId()));
          change.count(0, -1);
          change.tx().onDurable(() -> directory.forget(app, cursor));
          return null;
        });
    return true;
  }

  private static List<byte[]> grants(WriteTx tx, String clientId) {
    List<byte[]> keys = new ArrayList<>();
    try (EntryCursor c = tx.scan(IdentityRecords.grants(clientId), Order.ASCENDING)) {
      while (c.next()) {
        keys.add(c.key());
      }
    }
    return keys;
  }

  /** Erases the tenant's own record; its name is free then. */
  public void tenant(Call call, Tenant tenant, Consumer<WriteTx> fence) {
    directory.write(
        call,
        change -> {
          fence.accept(change.tx());
          byte[] key = IdentityRecords.tenantKey(tenant.name());
          byte[] value = change.get(key);
          if (value == null || IdentityRecords.tenant(value).id() != tenant.id()) {
            return null;
          }
          long cursor = change.record("tenant.deleted", tenant.id(), tenant.name(), "", "");
          change.delete(key);
          change.count(-1, 0);
          change.tx().onDurable(() -> directory.forget(tenant, cursor));
          return null;
        });
  }
}
