package dev.anvil.identity;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.identity.SecretSealer;
import dev.anvil.ports.storage.Committed;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteBounds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tenants, applications and grants of the deployment: their home in the directory partition and a
 * view of it in memory, from which every request is answered. The view follows each commit before
 * the commit is acknowledged, so what was acknowledged is what the next request meets. Its size is
 * bounded by {@link IdentityLimits}.
 *
 * <p>Safe for any number of threads. All changes of the identity subject go through the use cases
 * of this package on one instance.
 */
public final class IdentityDirectory {
  private static final int READS_OF_AUDIT = 16;
  private static final int AUDIT_BYTES = 1_024;

  private final Partition partition;
  private final NavigableMap<String, Tenant> tenants = new ConcurrentSkipListMap<>();
  private final Map<Long, Tenant> tenantsById = new ConcurrentHashMap<>();
  private final Map<String, Long> canonicalIds = new ConcurrentHashMap<>();
  private final Map<String, KnownApplication> applications = new ConcurrentHashMap<>();
  private final NavigableMap<NameInTenant, String> names = new ConcurrentSkipListMap<>();
  private final Map<String, Instant> revokedTokens = new ConcurrentHashMap<>();
  private final AtomicLong revision = new AtomicLong();

  private IdentityDirectory(Partition partition) {
    this.partition = partition;
  }

  /** An application's name, in the order of lists. */
  private record NameInTenant(long tenantId, String name) implements Comparable<NameInTenant> {
    @Override
    public int compareTo(NameInTenant other) {
      int byTenant = Long.compare(tenantId, other.tenantId);
      return byTenant != 0 ? byTenant : name.compareTo(other.name);
    }
  }

  /**
   * Loads the view, in slices that each hold a snapshot for a moment only.
   *
   * @throws Unavailable if a secret is sealed under a key that the sealer does not have
   */
  public static IdentityDirectory open(Partition directory, SecretSealer sealer) {
    IdentityDirectory opened = new IdentityDirectory(directory);
    opened.load(sealer);
    return opened;
  }

  private void load(SecretSealer sealer) {
    revision.set(partition.head().cursor());
    slices(
        IdentityRecords.tenants(),
        e -> {
          Tenant tenant = IdentityRecords.tenant(e.value());
          tenants.put(tenant.name(), tenant);
          know(tenant);
        });
    slices(
        IdentityRecords.applications(),
        e -> {
          Application app = IdentityRecords.application(e.value());
          requireKeys(app, sealer);
          see(app);
        });
    Map<String, Set<Scope>> granted = new ConcurrentHashMap<>();
    slices(
        IdentityRecords.grants(),
        e -> {
          Grant grant = IdentityRecords.grant(e.key(), e.value());
          granted.computeIfAbsent(grant.clientId(), _ -> new HashSet<>()).add(grant.scope());
        });
    slices(
        IdentityRecords.revokedTokens(),
        e ->
            revokedTokens.put(
                IdentityRecords.revokedToken(e.key()), IdentityRecords.revokedUntil(e.value())));
    granted.forEach((clientId, scopes) ->
        applications.computeIfPresent(clientId, (_, known) -> known.granted(scopes)));
  }

  private static void requireKeys(Application app, SecretSealer sealer) {
    for (Application.LiveSecret secret : app.secrets()) {
      String keyId = secret.sealed().keyId();
      if (!sealer.knows(keyId)) {
        throw new Unavailable(
            Unavailable.Reason.UNAVAILABLE,
            "the secrets of this store are sealed under key "
                + keyId
                + ", and ANVIL_SECRET_ENCRYPTION_KEY gives key "
                + sealer.currentKeyId()
                + "; start with the key that belongs to this store");
      }
    }
  }

  private void slices(KeyRange range, Consumer<Entry> each) {
    KeyRange left = range;
    while (true) {
      KeyRange slice = left;
      List<Entry> page = partition.read(tx -> page(tx.scan(slice, Order.ASCENDING)));
      page.forEach(each);
      if (page.size() < IdentityLimits.MAX_PAGE) {
        return;
      }
      left = range.after(page.getLast().key());
    }
  }

  private static List<Entry> page(EntryCursor cursor) {
    List<Entry> page = new ArrayList<>();
    try (cursor) {
      while (page.size() < IdentityLimits.MAX_PAGE && cursor.next()) {
        page.add(new Entry(cursor.key(), cursor.value()));
      }
    }
    return page;
  }

  /** Directory cursor up to which the view is complete as to identity. */
  public long revision() {
    return revision.get();
  }

  /** The tenant of this name, or null. */
  public Tenant tenant(String name) {
    return tenants.get(name);
  }

  /** The tenant of this internal id, or null. */
  Tenant tenant(long id) {
    return tenantsById.get(id);
  }

  /** The tenant of this canonical user id, or null. */
  Tenant tenantByCanonicalId(String canonicalId) {
    Long id = canonicalIds.get(canonicalId);
    return id == null ? null : tenantsById.get(id);
  }

  private void know(Tenant tenant) {
    tenantsById.put(tenant.id(), tenant);
    canonicalIds.put(Accounts.canonicalId(tenant.id()), tenant.id());
  }

  /** Tenants with names after the given one, in order. */
  List<Tenant> tenantsAfter(String name, int limit) {
    return tenants.tailMap(name, false).values().stream().limit(limit).toList();
  }

  /** The application and what it may do at most, or null. */
  KnownApplication application(String clientId) {
    return applications.get(clientId);
  }

  /** Applications of a tenant with names after the given one, in order. */
  List<Application> applicationsAfter(long tenantId, String name, int limit) {
    return names
        .subMap(new NameInTenant(tenantId, name), false, new NameInTenant(tenantId + 1, ""), false)
        .values()
        .stream()
        .limit(limit)
        .map(clientId -> applications.get(clientId).application())
        .toList();
  }

  /** Grants of an application in the order of their scopes' texts. */
  List<Grant> grants(String clientId) {
    return partition.read(tx -> {
      List<Grant> found = new ArrayList<>();
      EntryCursor cursor = tx.scan(IdentityRecords.grants(clientId), Order.ASCENDING);
      try (cursor) {
        while (cursor.next()) {
          found.add(IdentityRecords.grant(cursor.key(), cursor.value()));
        }
      }
      return found;
    });
  }

  /** Runs a change in one commit of the directory; returns when it is durable and in the view. */
  <T> T write(Call call, Function<IdentityChange, T> change) {
    return write(WriteBounds.DEFAULT, call, change);
  }

  /** The same for a change that touches many records. */
  <T> T write(WriteBounds bounds, Call call, Function<IdentityChange, T> change) {
    Committed<T> committed =
        partition.write(
            bounds,
            tx -> {
              IdentityChange one = new IdentityChange(this, tx, call);
              T result = change.apply(one);
              one.finish();
              return result;
            });
    return committed.value();
  }

  /** Appends audit entries that belong to no change; returns when they are durable. */
  void append(AuditLog log, List<AuditEntry.Facts> facts, long kept) {
    partition.write(
        new WriteBounds(READS_OF_AUDIT + 4 * facts.size(), AUDIT_BYTES * facts.size()),
        tx -> {
          AuditChain.append(tx, log, facts, kept);
          return null;
        });
  }

  /** Reads one durable state of the records. */
  <T> T read(Function<ReadTx, T> function) {
    return partition.read(function);
  }

  /** Tenants that leased work has to erase, in no order. */
  List<Tenant> deleting() {
    return tenants.values().stream().filter(Tenant::deleting).toList();
  }

  /** Tenants with a quota over all their buckets, in no order. */
  public List<Tenant> metered() {
    return tenants.values().stream().filter(t -> t.limits().hasQuota() && !t.deleting()).toList();
  }

  /** Whether this token was revoked by its id. */
  boolean revoked(String tokenId) {
    return revokedTokens.containsKey(tokenId);
  }

  /** Ids of revoked tokens and until when that matters. */
  Map<String, Instant> revokedTokens() {
    return revokedTokens;
  }

  /** Applications with a secret sealed under another key than this, at most so many. */
  List<Application> sealedUnderOthers(String keyId, int limit) {
    return applications.values().stream()
        .map(KnownApplication::application)
        .filter(app -> app.secrets().stream().anyMatch(s -> !s.sealed().keyId().equals(keyId)))
        .limit(limit)
        .toList();
  }

  /** How many live secrets are sealed under each key. */
  Map<String, Long> secretsByKey() {
    return applications.values().stream()
        .flatMap(known -> known.application().secrets().stream())
        .collect(Collectors.groupingBy(s -> s.sealed().keyId(), Collectors.counting()));
  }

  /** Takes a durable state of a tenant into the view. */
  void see(Tenant tenant) {
    know(
        tenants.merge(
            tenant.name(), tenant, (was, now) -> now.changed() > was.changed() ? now : was));
    revision.accumulateAndGet(tenant.changed(), Math::max);
  }

  /** Takes a durable state of an application into the view. */
  void see(Application app) {
    applications.compute(
        app.clientId(), (_, was) -> was == null ? KnownApplication.of(app) : was.as(app));
    names.put(new NameInTenant(app.tenantId(), app.name()), app.clientId());
    revision.accumulateAndGet(app.changed(), Math::max);
  }

  /** Takes a durable grant, or its end, into the view. */
  void see(String clientId, Scope scope, boolean granted) {
    applications.computeIfPresent(clientId, (_, was) -> was.granted(scope, granted));
  }

  /** Takes the durable end of a tenant into the view. */
  void forget(Tenant tenant, long cursor) {
    tenants.computeIfPresent(tenant.name(), (_, now) -> now.id() == tenant.id() ? null : now);
    revision.accumulateAndGet(cursor, Math::max);
  }

  /** Takes the durable end of an application's record into the view. */
  void forget(Application app, long cursor) {
    applications.remove(app.clientId());
    names.remove(new NameInTenant(app.tenantId(), app.name()), app.clientId());
    revision.accumulateAndGet(cursor, Math::max);
  }

  /** Takes a durable revocation of a token, or with null its end, into the view. */
  void see(String tokenId, Instant until) {
    if (until == null) {
      revokedTokens.remove(tokenId);
    } else {
      revokedTokens.put(tokenId, until);
    }
  }
}
