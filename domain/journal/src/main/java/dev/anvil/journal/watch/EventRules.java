package dev.anvil.journal.watch;

import dev.anvil.authz.Access;
import dev.anvil.authz.Resource;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.storage.PartitionId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * What kinds of changes are about, and who may see them. A kind of no known family is not shown.
 */
final class EventRules {
  /** What the space and the subject of an entry are. */
  private enum About {
    /** A key of a bucket. */
    KEY,
    /** A bucket. */
    BUCKET,
    /** Something of a tenant. */
    TENANT,
    /** Tuples and the schema of a tenant. */
    RELATIONSHIP,
    /** How a bucket is governed, told where its tenant's relationships are. */
    ACCESS
  }

  private record Rule(About about, Action action) {}

  private static final Rule KEY = new Rule(About.KEY, Action.OBJECT_READ);
  private static final Rule TENANT = new Rule(About.TENANT, Action.POLICY_READ);
  private static final Rule RELATIONSHIP = new Rule(About.RELATIONSHIP, Action.AUTHZ_WATCH);
  private static final Rule ACCESS = new Rule(About.ACCESS, Action.BUCKET_READ);
  private static final Map<String, Rule> FAMILIES =
      Map.ofEntries(
          Map.entry("object", KEY),
          Map.entry("manifest", KEY),
          Map.entry("stream", KEY),
          Map.entry("upload", KEY),
          Map.entry("bucket", new Rule(About.BUCKET, Action.BUCKET_READ)),
          Map.entry("tenant", TENANT),
          Map.entry("application", TENANT),
          Map.entry("grant", TENANT),
          Map.entry("tuple", RELATIONSHIP),
          Map.entry("schema", RELATIONSHIP));

  private static final String BUCKET_ACCESS = "bucket.access";

  /** Steps in the directory of what bucket.created and bucket.deleted tell of. */
  private static final Set<String> INNER = Set.of("bucket.named", "bucket.unnamed");

  private static final String DELETED = "bucket.deleted";

  private final Access access;
  private final BucketSpaces spaces;

  EventRules(Access access, BucketSpaces spaces) {
    this.access = access;
    this.spaces = spaces;
  }

  private static Rule rule(JournalDraft change) {
    if (change.kind().equals(BUCKET_ACCESS)) {
      return ACCESS;
    }
    int dot = change.kind().indexOf('.');
    return dot < 0 || INNER.contains(change.kind())
        ? null
        : FAMILIES.get(change.kind().substring(0, dot));
  }

  private static boolean ofTenant(Rule rule) {
    return switch (rule.about()) {
      case TENANT, RELATIONSHIP, ACCESS -> true;
      case KEY, BUCKET -> false;
    };
  }

  /** The tenant whose change it is; 0 if it is nobody's or not shown at all. */
  long tenantOf(PartitionId partition, JournalDraft change) {
    Rule rule = rule(change);
    if (rule == null) {
      return 0;
    }
    if (ofTenant(rule)) {
      return change.space();
    }
    BucketSpaces.Space space = spaces.space(partition, change.space());
    return space == null ? 0 : space.tenantId();
  }

  /** Whether a watch of the scope on a bucket's space asks for it, whoever the caller is. */
  static boolean inBucket(WatchScope scope, long space, JournalDraft change) {
    if (change.space() != space) {
      return false;
    }
    Rule rule = rule(change);
    return rule != null
        && (ends(space, change)
            || scope.has(change.kind())
                && switch (rule.about()) {
                  case KEY -> scope.holds(change.subject());
                  case BUCKET -> !scope.partial();
                  case TENANT, RELATIONSHIP, ACCESS -> false;
                });
  }

  /** Whether the bucket of the space is gone with it. */
  static boolean ends(long space, JournalDraft change) {
    return change.space() == space && change.kind().equals(DELETED);
  }

  /** Whether a bucket of the same name was there before and is gone with it. */
  static boolean endsNamesake(WatchScope scope, long space, JournalDraft change) {
    return change.space() != space
        && change.kind().equals(DELETED)
        && scope.bucket().value().equals(new String(change.subject(), StandardCharsets.US_ASCII));
  }

  /** What a caller sees of an entry: the bucket's name (null for none) and the subject. */
  record Seen(String bucket, String subject) {}

  /** What the caller sees of an entry that the scope asks for; null if nothing. */
  Seen seen(Call call, WatchScope scope, PartitionId partition, JournalEntry entry) {
    JournalDraft change = entry.change();
    Rule rule = rule(change);
    if (rule == null || !scope.has(change.kind())) {
      return null;
    }
    if (ofTenant(rule)) {
      return change.space() == call.caller().tenantId() ? tenant(call, scope, rule, change) : null;
    }
    BucketSpaces.Space space = spaces.space(partition, change.space());
    if (space == null || space.tenantId() != call.caller().tenantId()) {
      return null;
    }
    if (rule.about() == About.BUCKET) {
      return !scope.partial() && access.allows(call, rule.action(), Resource.bucket(space.name()))
          ? new Seen(space.name().value(), space.name().value())
          : null;
    }
    return key(call, scope, rule, space, change.subject());
  }

  private Seen tenant(Call call, WatchScope scope, Rule rule, JournalDraft change) {
    String subject = new String(change.subject(), StandardCharsets.UTF_8);
    if (rule.about() == About.RELATIONSHIP) {
      return relationship(call, scope, rule, change, subject);
    }
    if (scope.relationships()) {
      return null;
    }
    if (rule.about() == About.ACCESS) {
      String name = subject.substring(subject.indexOf('~') + 1);
      BucketName bucket = new BucketName(name);
      return access.allows(call, rule.action(), Resource.bucket(bucket))
          ? new Seen(name, name)
          : null;
    }
    return access.allows(call, rule.action(), Resource.everyBucket())
        ? new Seen(null, subject)
        : null;
  }

  /** A tuple shows to who may watch its relation, the schema to who may watch any of the scope. */
  private Seen relationship(
      Call call, WatchScope scope, Rule rule, JournalDraft change, String subject) {
    String type = scope.relationships() && scope.partial() ? scope.typeName() : null;
    Resource resource = Resource.relation(type, null, null);
    if (change.kind().startsWith("tuple.")) {
      int colon = subject.indexOf(':');
      int hash = subject.indexOf('#');
      int at = subject.indexOf('@');
      boolean well = colon > 0 && hash > colon && at > hash;
      if (!well || scope.relationships() && !scope.holds(change.subject())) {
        return null;
      }
      ObjectRef on = TupleText.object(subject.substring(0, hash));
      resource = Resource.relation(on.type(), on.id(), subject.substring(hash + 1, at));
    }
    return access.allows(call, rule.action(), resource) ? new Seen(null, subject) : null;
  }

  private Seen key(
      Call call, WatchScope scope, Rule rule, BucketSpaces.Space space, byte[] subject) {
    if (!scope.holds(subject)) {
      return null;
    }
    try {
      ObjectKey key = ObjectKey.of(subject);
      Resource.Key resource = new Resource.Key(space.name(), key, null);
      boolean may =
          access.covers(call, Action.WATCH_READ, resource)
              && (access.covers(call, rule.action(), resource)
                  || access.covers(call, Action.OBJECT_LIST, resource))
              && access.sees(call, Action.WATCH_READ, resource)
              && !spaces.hidden(space);
      return may ? new Seen(space.name().value(), key.text()) : null;
    } catch (Invalid e) {
      // what is no key cannot be judged, and what cannot be judged is not shown
      return null;
    }
  }
}
