package dev.anvil.journal.watch;

import dev.anvil.authz.Access;
import dev.anvil.authz.Resource;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
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
    TENANT
  }

  private record Rule(About about, Action action) {}

  private static final Rule KEY = new Rule(About.KEY, Action.OBJECT_READ);
  private static final Rule TENANT = new Rule(About.TENANT, Action.POLICY_READ);
  private static final Map<String, Rule> FAMILIES =
      Map.of(
          "object", KEY,
          "manifest", KEY,
          "stream", KEY,
          "upload", KEY,
          "bucket", new Rule(About.BUCKET, Action.BUCKET_READ),
          "tenant", TENANT,
          "application", TENANT,
          "grant", TENANT);

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
    int dot = change.kind().indexOf('.');
    return dot < 0 || INNER.contains(change.kind())
        ? null
        : FAMILIES.get(change.kind().substring(0, dot));
  }

  /** The tenant whose change it is; 0 if it is nobody's or not shown at all. */
  long tenantOf(PartitionId partition, JournalDraft change) {
    Rule rule = rule(change);
    if (rule == null) {
      return 0;
    }
    if (rule.about() == About.TENANT) {
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
                  case TENANT -> false;
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
    if (rule.about() == About.TENANT) {
      return change.space() == call.caller().tenantId()
              && access.allows(call, rule.action(), Resource.everyBucket())
          ? new Seen(null, new String(change.subject(), StandardCharsets.UTF_8))
          : null;
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

  private Seen key(
      Call call, WatchScope scope, Rule rule, BucketSpaces.Space space, byte[] subject) {
    if (!scope.holds(subject)) {
      return null;
    }
    try {
      ObjectKey key = ObjectKey.of(subject);
      Resource.Key resource = new Resource.Key(space.name(), key);
      boolean may =
          access.covers(call, Action.WATCH_READ, resource)
              && (access.covers(call, rule.action(), resource)
                  || access.covers(call, Action.OBJECT_LIST, resource))
              && access.sees(call, Action.WATCH_READ, resource);
      return may ? new Seen(space.name().value(), key.text()) : null;
    } catch (Invalid e) {
      // what is no key cannot be judged, and what cannot be judged is not shown
      return null;
    }
  }
}
