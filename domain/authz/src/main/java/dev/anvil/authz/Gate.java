package dev.anvil.authz;

import dev.anvil.authz.grants.Everybody;
import dev.anvil.authz.graph.Work;
import dev.anvil.authz.store.Consistency;
import dev.anvil.authz.store.Governed;
import dev.anvil.authz.store.GrantedNodes;
import dev.anvil.authz.store.Inheritance;
import dev.anvil.authz.store.PublicTuples;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.View;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.ObjectRef;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.identity.ScopeResource;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.metrics.Meters;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * Relationship checks on buckets that opted in: at the head, before anything is looked up, a
 * condition with missing context counting as no and an error as neither. Scopes come before it.
 */
public final class Gate {
  /** Counts requests that relationships refused, by reason. */
  public static final String DENIALS = "anvil_authz_gate_denials_total";

  /** Governs nothing. */
  public static final Gate OPEN = new Gate(null, KeysThere.UNTOLD);

  /** The tenant's own object has no part in what everybody holds. */
  private static final String NO_NAME = "";

  private final Relationships relationships;
  private final KeysThere keys;
  private final Meters.Counter denials;

  /** Asks there. */
  public Gate(Relationships relationships) {
    this(relationships, KeysThere.UNTOLD);
  }

  /**
   * Asks there.
   *
   * @param keys what those who may list are told of keys that they may not read
   */
  public Gate(Relationships relationships, KeysThere keys) {
    this(relationships, keys, Meters.none());
  }

  /** The same, counting what it refuses. */
  public Gate(Relationships relationships, KeysThere keys, Meters meters) {
    this.relationships = relationships;
    this.keys = keys;
    this.denials =
        meters.counter(DENIALS, "Requests that relationships did not let through", "reason");
  }

  /** A decision, and whether the caller may know what keys there are. */
  private record Outcome(Decisions.Decision decision, boolean lists) {}

  /**
   * Returns the revision the decision rests on, {@link Access#NO_RELATIONSHIPS} where nothing is
   * governed.
   *
   * @throws Denied if a relationship is missing
   * @throws NotFound if one is missing to read what is not there, for callers who may list
   * @throws Unavailable if there is no answer
   */
  long require(Call call, Action action, Resource resource, List<SubjectRef> who) {
    BucketName bucket = governable(call, resource);
    if (bucket == null) {
      return Access.NO_RELATIONSHIPS;
    }
    Need need = Need.of(action, resource, bucket);
    boolean reads = action == Action.OBJECT_READ && resource instanceof Resource.Key;
    Relationships.Answer<Outcome> answer =
        read(call, view -> outcome(call, action, who, view, bucket, need, reads));
    Outcome outcome = answer.value();
    if (outcome == null) {
      return Access.NO_RELATIONSHIPS;
    }
    if (outcome.decision().allowed()) {
      return answer.revision();
    }
    denials.add(1, outcome.decision().missing().isEmpty() ? "no_relationship" : "missing_context");
    if (outcome.lists() && resource instanceof Resource.Key k) {
      requireThere(call, bucket, k.key());
    }
    throw denied(need, outcome.decision().missing());
  }

  private Outcome outcome(
      Call call,
      Action action,
      List<SubjectRef> who,
      View view,
      BucketName bucket,
      Need need,
      boolean reads) {
    if (!Governed.is(view, relationships.ids(), bucket.value())) {
      return null;
    }
    Decisions decisions = new Decisions(relationships, view, call, action, who);
    Decisions.Decision decision = decisions.of(need.on(), need.permission());
    boolean lists =
        reads && !decision.allowed() && decisions.of(need.folder(bucket), "list").allowed();
    return new Outcome(decision, lists);
  }

  /** Whether {@link #require} would let it pass. */
  boolean allows(Call call, Action action, Resource resource, List<SubjectRef> who) {
    BucketName bucket = governable(call, resource);
    if (bucket == null) {
      return true;
    }
    Need need = Need.of(action, resource, bucket);
    Outcome o = read(call, view -> outcome(call, action, who, view, bucket, need, false)).value();
    return o == null || o.decision().allowed();
  }

  /** Whether lists and watches show the key. */
  boolean sees(Call call, Action action, Resource.Key key, List<SubjectRef> who) {
    BucketName bucket = governable(call, key);
    if (bucket == null) {
      return true;
    }
    Need need = new Need(Need.object(bucket, key.key().text()), "see");
    Outcome o = read(call, view -> outcome(call, action, who, view, bucket, need, false)).value();
    return o == null || o.decision().allowed();
  }

  /**
   * Runs a walk over a bucket's keys with the test of which keys the caller sees, all at one
   * revision; everything where nothing is governed.
   */
  <T> T seeing(
      Call call, Action action, BucketName bucket, List<SubjectRef> who, Function<Sight, T> walk) {
    if (governable(call, Resource.bucket(bucket)) == null) {
      return walk.apply(Sight.EVERYTHING);
    }
    return read(
            call,
            view -> walk(bucket, view, new Decisions(relationships, view, call, action, who), walk))
        .value();
  }

  private <T> T walk(BucketName bucket, View view, Decisions decisions, Function<Sight, T> walk) {
    return Governed.is(view, relationships.ids(), bucket.value())
        ? filtered(bucket, view, decisions, walk)
        : walk.apply(Sight.EVERYTHING);
  }

  private <T> T filtered(
      BucketName bucket, View view, Decisions decisions, Function<Sight, T> walk) {
    var bounds = relationships.limits().question();
    PageWork work = new PageWork(bounds.pageNodes(), bounds.pageTime(), relationships.ticker());
    if (!Inheritance.plain(view.schema())) {
      return walk.apply(new EachSight(bucket.value(), decisions, work));
    }
    Work reads = Work.page(bounds, relationships.ticker());
    try (GrantedNodes nodes =
        new GrantedNodes(view, decisions.questions(), decisions.who(), bucket.value(), reads)) {
      return walk.apply(new FolderSight(bucket.value(), decisions, nodes, work));
    }
  }

  /** What relationships say of every key of the bucket, for a caller of its tenant. */
  ReadableMap readable(
      Call call, BucketName bucket, List<SubjectRef> who, List<ScopeResource.Keys> scopes) {
    if (governable(call, Resource.bucket(bucket)) == null) {
      return new ReadableMap(
          ReadableMap.whole(ReadableMap.Answer.ALLOWED), scopes, Access.NO_RELATIONSHIPS);
    }
    Relationships.Answer<List<ReadableMap.Node>> answer =
        read(call, view -> nodes(call, bucket, who, view));
    return answer.value() == null
        ? new ReadableMap(
            ReadableMap.whole(ReadableMap.Answer.ALLOWED), scopes, Access.NO_RELATIONSHIPS)
        : new ReadableMap(answer.value(), scopes, answer.revision());
  }

  private List<ReadableMap.Node> nodes(
      Call call, BucketName bucket, List<SubjectRef> who, View view) {
    if (!Governed.is(view, relationships.ids(), bucket.value())) {
      return null;
    }
    List<ReadableMap.Node> unsettled = ReadableMap.whole(ReadableMap.Answer.ASK);
    if (!Inheritance.plain(view.schema())) {
      return unsettled;
    }
    var bounds = relationships.limits().question();
    Decisions decisions = new Decisions(relationships, view, call, Action.OBJECT_READ, who);
    Work reads = Work.roots(bounds, relationships.ticker());
    try (GrantedNodes granted =
        new GrantedNodes(view, decisions.questions(), who, bucket.value(), reads)) {
      List<ReadableMap.Node> nodes =
          new ReadableWalk(bucket.value(), decisions, granted, bounds.roots()).nodes();
      return nodes == null ? unsettled : nodes;
    } catch (LimitExceeded e) {
      // more than one read can look at: it is settled key by key
      return unsettled;
    }
  }

  /**
   * Whether tuples of the owning tenant give everybody the action, in a bucket of either kind: what
   * nobody in particular and callers of other tenants hold.
   */
  boolean open(Call call, Action action, Resource resource, long tenant) {
    BucketName bucket = resource.inBucket();
    Need need = relationships == null || bucket == null ? null : Need.open(action, resource);
    if (need == null) {
      return false;
    }
    Relationships.Owner owner = new Relationships.Owner(tenant, NO_NAME);
    return ask(
            owner,
            Consistency.FULL,
            view ->
                need.certain(view, action, resource)
                    && new Decisions(relationships, view, call, action, List.of(Principals.PUBLIC))
                        .of(need.on(), need.permission())
                        .allowed())
        .value();
  }

  /** As {@link #seeing}, of a bucket of another tenant with what everybody sees of it. */
  <T> T seeingOpen(
      Call call, Action action, BucketName bucket, long tenant, Function<Sight, T> walk) {
    return ask(
            new Relationships.Owner(tenant, NO_NAME),
            Consistency.FULL,
            view ->
                filtered(
                    bucket,
                    view,
                    new Decisions(relationships, view, call, action, List.of(Principals.PUBLIC)),
                    walk))
        .value();
  }

  /** Whether relationships govern the bucket of the tenant. */
  boolean governs(long tenant, BucketName bucket) {
    return relationships != null && new Governed(relationships).is(tenant, bucket.value());
  }

  /** The same of a bucket stored so, which may be gone. */
  boolean governed(long tenant, String stored) {
    return relationships != null && new Governed(relationships).was(tenant, stored);
  }

  /** What everybody holds on the bucket by tuples of its own. */
  Everybody held(long tenant, BucketName bucket) {
    return relationships == null
        ? Everybody.NOTHING
        : new PublicTuples(relationships).held(tenant, bucket.value());
  }

  /** Makes tuples what everybody holds on the bucket; false where they cannot say it. */
  boolean publish(long tenant, PublicTuples.Wanted wanted, WriteRequest.By by) {
    return relationships != null
        && new PublicTuples(relationships)
            .set(new Relationships.Owner(tenant, NO_NAME), wanted, by);
  }

  /** Puts a bucket under relationships. */
  void govern(
      Relationships.Owner tenant, BucketName bucket, SubjectRef creator, WriteRequest.By by) {
    if (relationships == null) {
      throw new IllegalStateException("this door knows no relationships");
    }
    new Governed(relationships).set(tenant, bucket.value(), true, creator, by);
  }

  /** The bucket, if relationships may have a say: null for what belongs to nobody or another. */
  private BucketName governable(Call call, Resource resource) {
    BucketName bucket = resource.inBucket();
    boolean possible = relationships != null && bucket != null && !call.caller().admin();
    return possible
            && relationships.ids().stored(call.caller().tenantId(), Need.BUCKET, bucket.value())
                != null
        ? bucket
        : null;
  }

  private <T> Relationships.Answer<T> read(Call call, Function<View, T> question) {
    Relationships.Owner owner =
        new Relationships.Owner(call.caller().tenantId(), call.caller().tenant());
    String token = call.circumstances().revisionToken();
    Consistency head = token == null ? Consistency.FULL : new Consistency.AtLeast(token);
    return ask(owner, head, question);
  }

  private <T> Relationships.Answer<T> ask(
      Relationships.Owner owner, Consistency head, Function<View, T> question) {
    try {
      return relationships.read(owner, head, question);
    } catch (LimitExceeded e) {
      denials.add(1, "unanswered");
      throw Decisions.unanswered(e);
    } catch (Unavailable e) {
      denials.add(1, "unanswered");
      throw e;
    }
  }

  private void requireThere(Call call, BucketName bucket, ObjectKey key) {
    if (!keys.there(call.caller().tenantId(), bucket, key)) {
      throw new NotFound(
          NotFound.Reason.OBJECT,
          "there is no object '" + key + "' in bucket '" + bucket + "'",
          Map.of("bucket", bucket.value(), "key", key.text()));
    }
  }

  private static Denied denied(Need need, SortedSet<String> missing) {
    String text = "relationships do not give '" + need.permission() + "' on " + need.on();
    Map<String, Object> fields = new HashMap<>();
    fields.put("permission", need.permission());
    fields.put("resource", need.on().toString());
    if (missing.isEmpty()) {
      return new Denied(Denied.Reason.PERMISSION, text + "; ask whoever manages it", fields);
    }
    fields.put("missing", List.copyOf(missing));
    return new Denied(
        Denied.Reason.PERMISSION,
        text + "; a condition lacks " + String.join(", ", missing),
        fields);
  }

  /** What must hold where. */
  record Need(ObjectRef on, String permission) {
    private static final String BUCKET = "anvil/bucket";

    static ObjectRef object(BucketName bucket, String key) {
      return new ObjectRef("anvil/object", bucket.value() + "/" + key);
    }

    /** What the action asks for; what reaches many keys at once asks for all of them. */
    static Need of(Action action, Resource resource, BucketName bucket) {
      if (resource instanceof Resource.Key k) {
        String permission =
            switch (action) {
              case OBJECT_READ -> "read";
              case OBJECT_WRITE -> "write";
              case OBJECT_DELETE -> "delete";
              case OBJECT_LIST, WATCH_READ -> "see";
              default -> "manage";
            };
        return new Need(object(bucket, k.key().text()), permission);
      }
      return new Need(new ObjectRef(BUCKET, bucket.value()), "manage");
    }

    /** What everybody must hold for it; null for what tuples never give everybody. */
    static Need open(Action action, Resource resource) {
      BucketName bucket = resource.inBucket();
      String permission =
          switch (action) {
            case OBJECT_LIST -> resource instanceof Resource.Prefix ? "list" : null;
            case OBJECT_READ -> "read";
            case OBJECT_WRITE -> "write";
            case OBJECT_DELETE -> "delete";
            default -> null;
          };
      if (permission == null) {
        return null;
      }
      return switch (resource) {
        case Resource.Prefix p -> new Need(folder(bucket, p), permission);
        case Resource.Key _ -> of(action, resource, bucket);
        default -> null;
      };
    }

    /** A folder speaks for every key in it only where no schema of one's own has a say. */
    boolean certain(View view, Action action, Resource resource) {
      return action == Action.OBJECT_LIST
          || resource instanceof Resource.Key
          || !view.schema().redefinesSystem();
    }

    private static ObjectRef folder(BucketName bucket, Resource.Prefix p) {
      String prefix = new String(p.prefix(), StandardCharsets.UTF_8);
      String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
      return folder.isEmpty()
          ? new ObjectRef(BUCKET, bucket.value())
          : new ObjectRef("anvil/folder", bucket.value() + "/" + folder);
    }

    /** The folder that the object is in, or the bucket. */
    ObjectRef folder(BucketName bucket) {
      String id = on.id();
      int slash = id.lastIndexOf('/', id.length() - 2);
      return slash <= bucket.value().length()
          ? new ObjectRef(BUCKET, bucket.value())
          : new ObjectRef("anvil/folder", id.substring(0, slash + 1));
    }
  }
}
