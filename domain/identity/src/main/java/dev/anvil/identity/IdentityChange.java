package dev.anvil.identity;

import dev.anvil.identity.IdentityRecords.AuditFacts;
import dev.anvil.identity.IdentityRecords.Counts;
import dev.anvil.identity.IdentityRecords.GrantFacts;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.storage.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One commit on the identity records: what it reads, writes, journals and shows to the view. */
final class IdentityChange {
  private final IdentityDirectory view;
  private final WriteTx tx;
  private final Call call;

  IdentityChange(IdentityDirectory view, WriteTx tx, Call call) {
    this.view = view;
    this.tx = tx;
    this.call = call;
  }

  Instant at() {
    return tx.committedAt();
  }

  /** Cursor that the next {@link #record} returns; new tenants take it as their id. */
  long nextCursor() {
    return tx.nextCursor();
  }

  /**
   * Appends the journal entry and its audit record, which keeps the detail and the reason.
   *
   * @return cursor of the entry
   */
  long record(String kind, long tenantId, String subject, String detail, String reason) {
    String actor = call.caller().actor();
    long cursor =
        tx.append(
            new JournalDraft(
                kind,
                tenantId,
                IdentityRecords.utf8(subject),
                null,
                actor,
                call.requestId(),
                null,
                null,
                0,
                List.of()));
    AuditFacts audit = new AuditFacts(at(), actor, call.requestId(), kind, subject, detail, reason);
    tx.put(IdentityRecords.auditKey(cursor), IdentityRecords.audit(audit));
    return cursor;
  }

  /** The tenant, or NotFound. */
  Tenant tenant(String name) {
    byte[] value = tx.get(IdentityRecords.tenantKey(name));
    if (value == null) {
      throw noTenant(name);
    }
    return IdentityRecords.tenant(value);
  }

  boolean hasTenant(String name) {
    return tx.get(IdentityRecords.tenantKey(name)) != null;
  }

  void put(Tenant tenant) {
    tx.put(IdentityRecords.tenantKey(tenant.name()), IdentityRecords.tenant(tenant));
    tx.onDurable(() -> view.see(tenant));
  }

  /** The application, or NotFound. */
  Application application(String clientId) {
    byte[] value =
        clientId.length() > IdentityLimits.MAX_CLIENT_ID
            ? null
            : tx.get(IdentityRecords.applicationKey(clientId));
    if (value == null) {
      throw noApplication(clientId);
    }
    return IdentityRecords.application(value);
  }

  /** The application of this tenant, or of any if null; or NotFound. */
  Application application(String tenant, String clientId) {
    Application found = application(clientId);
    if (tenant != null && !tenant.equals(found.tenant())) {
      throw noApplication(clientId);
    }
    return found;
  }

  void put(Application app) {
    tx.put(IdentityRecords.applicationKey(app.clientId()), IdentityRecords.application(app));
    tx.onDurable(() -> view.see(app));
  }

  /** Takes the name inside the tenant, or Conflict. */
  void takeName(Tenant tenant, String name, String clientId) {
    byte[] key = IdentityRecords.applicationNameKey(tenant.id(), name);
    if (tx.get(key) != null) {
      throw new Conflict(
          Conflict.Reason.ALREADY_EXISTS,
          "tenant '" + tenant.name() + "' has an application '" + name + "'; choose another name",
          Map.of("tenant", tenant.name(), "name", name));
    }
    tx.put(key, IdentityRecords.applicationName(clientId));
  }

  /** Counts one more tenant or application in, or LimitExceeded. */
  void count(int tenants, int applications) {
    Counts was = IdentityRecords.counts(tx.get(IdentityRecords.countsKey()));
    Counts now = new Counts(was.tenants() + tenants, was.applications() + applications);
    within("maxTenants", now.tenants(), IdentityLimits.MAX_TENANTS);
    within("maxApplications", now.applications(), IdentityLimits.MAX_APPLICATIONS);
    tx.put(IdentityRecords.countsKey(), IdentityRecords.counts(now));
  }

  boolean hasGrant(String clientId, Scope scope) {
    return tx.get(IdentityRecords.grantKey(clientId, scope)) != null;
  }

  /**
   * Stores a grant that is not there; the caller puts the application with its new count, a new
   * application before its grants, since the view takes them in the order they are put.
   */
  void putGrant(String clientId, Scope scope, String reason) {
    GrantFacts facts = new GrantFacts(at(), call.caller().actor(), reason);
    tx.put(IdentityRecords.grantKey(clientId, scope), IdentityRecords.grant(facts));
    tx.onDurable(() -> view.see(clientId, scope, true));
  }

  void deleteGrant(String clientId, Scope scope) {
    tx.delete(IdentityRecords.grantKey(clientId, scope));
    tx.onDurable(() -> view.see(clientId, scope, false));
  }

  static void within(String limit, int value, int max) {
    if (value > max) {
      throw new LimitExceeded(
          LimitExceeded.Reason.QUOTA,
          limit + " is " + max + "; remove one that is not needed first",
          Map.of("limit", limit, "max", max));
    }
  }

  static NotFound noTenant(String name) {
    return new NotFound(
        NotFound.Reason.TENANT, "there is no tenant '" + shown(name) + "'; create it or check it");
  }

  static NotFound noApplication(String clientId) {
    return new NotFound(
        NotFound.Reason.APPLICATION,
        "there is no application '" + shown(clientId) + "'; list the applications of the tenant");
  }

  private static String shown(String name) {
    return name.length() <= 100 ? name : name.substring(0, 100) + "...";
  }
}
