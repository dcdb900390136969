package dev.anvil.identity;

import dev.anvil.identity.IdentityRecords.Counts;
import dev.anvil.identity.IdentityRecords.GrantFacts;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.WriteTx;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One commit on the identity records: what it reads, writes, journals and shows to the view. What
 * it was about is said once by {@link #record}; {@link #finish} comes last and appends the audit
 * entry with the hashes of all records that changed.
 */
final class IdentityChange {
  private final IdentityDirectory view;
  private final WriteTx tx;
  private final Call call;
  private final RecordWriter before = new RecordWriter(1);
  private final RecordWriter after = new RecordWriter(1);
  private AuditEntry.Facts recorded;

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
   * Appends the journal entry; its audit entry, which keeps the detail and the reason, follows with
   * {@link #finish}. At most once in a commit.
   *
   * @return cursor of the entry
   */
  long record(String kind, long tenantId, String subject, String detail, String reason) {
    if (recorded != null) {
      throw new IllegalStateException("a commit is about one thing: " + recorded.kind());
    }
    String actor = call.caller().actor();
    recorded =
        new AuditEntry.Facts(
            at(), actor, call.requestId(), kind, subject, detail, reason, 1, null, null);
    return tx.append(
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
  }

  /** Appends the audit entry; a commit that recorded nothing must have changed nothing. */
  void finish() {
    boolean changed = after.size() > 1;
    if (recorded == null) {
      if (changed) {
        throw new IllegalStateException("a change of identity records must be recorded");
      }
      return;
    }
    AuditEntry.Facts f = recorded;
    AuditChain.append(
        tx,
        new AuditEntry.Facts(
            f.at(),
            f.actor(),
            f.requestId(),
            f.kind(),
            f.subject(),
            f.detail(),
            f.reason(),
            f.count(),
            changed ? Credentials.sha256(before.toBytes()) : null,
            changed ? Credentials.sha256(after.toBytes()) : null));
  }

  void put(byte[] key, byte[] value) {
    note(key, value);
    tx.put(key, value);
  }

  void delete(byte[] key) {
    note(key, null);
    tx.delete(key);
  }

  private void note(byte[] key, byte[] value) {
    before.blob(key).blob(tx.get(key));
    after.blob(key).blob(value);
  }

  byte[] get(byte[] key) {
    return tx.get(key);
  }

  /** The transaction, for fences and scans. */
  WriteTx tx() {
    return tx;
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
    put(IdentityRecords.tenantKey(tenant.name()), IdentityRecords.tenant(tenant));
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
    put(IdentityRecords.applicationKey(app.clientId()), IdentityRecords.application(app));
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
    put(key, IdentityRecords.applicationName(clientId));
  }

  /** Counts one more tenant or application in, or LimitExceeded. */
  void count(int tenants, int applications) {
    Counts was = IdentityRecords.counts(tx.get(IdentityRecords.countsKey()));
    Counts now = new Counts(was.tenants() + tenants, was.applications() + applications);
    within("maxTenants", now.tenants(), IdentityLimits.MAX_TENANTS);
    within("maxApplications", now.applications(), IdentityLimits.MAX_APPLICATIONS);
    put(IdentityRecords.countsKey(), IdentityRecords.counts(now));
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
    put(IdentityRecords.grantKey(clientId, scope), IdentityRecords.grant(facts));
    tx.onDurable(() -> view.see(clientId, scope, true));
  }

  void deleteGrant(String clientId, Scope scope) {
    delete(IdentityRecords.grantKey(clientId, scope));
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
