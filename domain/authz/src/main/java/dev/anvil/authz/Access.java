package dev.anvil.authz;

import dev.anvil.authz.PublicGrants.ObjectStanding;
import dev.anvil.authz.PublicGrants.Standing;
import dev.anvil.authz.grants.AclRequest;
import dev.anvil.authz.grants.CannedAcl;
import dev.anvil.authz.grants.Everybody;
import dev.anvil.authz.grants.Permission;
import dev.anvil.authz.store.PublicTuples;
import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.identity.ScopeResource;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.ReservedNamespace;
import dev.anvil.ports.failure.Unauthenticated;
import dev.anvil.ports.metrics.Meters;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The one door to buckets and keys. Every use case calls it first, before any look-up could tell
 * whether the thing exists. The order is fixed: the reserved namespace is shut for everybody, then
 * the scopes of the caller must cover the action on the resource, then relationships must give it
 * where they govern. To nobody in particular and to callers of another tenant none of that applies:
 * what the bucket's policy and lists grant them is all they hold. What a bucket's policy denies is
 * denied to everybody but administrators.
 */
public final class Access {
  /** Counts refusals of the reserved namespace. */
  public static final String RESERVED_REFUSED = "anvil_reserved_namespace_refused_total";

  /** Revision of decisions that rest on scopes alone. */
  public static final long NO_RELATIONSHIPS = 0;

  private final Meters.Counter refused;
  private final RefusalLog log;
  private final Gate gate;
  private final GrantedRights granted;

  /** Without relationships. The log hears of every attempt to touch the reserved namespace. */
  public Access(Meters meters, RefusalLog log) {
    this(meters, log, Gate.OPEN);
  }

  /** With relationships behind the scopes. */
  public Access(Meters meters, RefusalLog log, Gate gate) {
    this(meters, log, gate, PublicGrants.NONE);
  }

  /** With relationships behind the scopes, and with what buckets grant beyond both. */
  public Access(Meters meters, RefusalLog log, Gate gate, PublicGrants grants) {
    this.gate = gate;
    this.granted = new GrantedRights(grants, gate);
    this.refused =
        meters.counter(
            RESERVED_REFUSED, "Requests refused because they name the reserved namespace");
    this.log = log;
  }

  /**
   * Returns if the caller may.
   *
   * @return revision of the relationships that the decision rests on; {@link #NO_RELATIONSHIPS} if
   *     it rests on scopes alone
   * @throws ReservedNamespace if the resource lies there, whoever calls
   * @throws Unauthenticated if nobody is proved to be calling
   * @throws Denied if no scope of the caller covers it, or a relationship is missing
   */
  public long require(Call call, Action action, Resource resource) {
    return admit(call, action, resource).revision();
  }

  /**
   * As {@link #require}, for what can be granted across tenants.
   *
   * @return the right and what it rests on
   * @throws NotFound BucketNotFound for another tenant's bucket that grants the caller nothing
   */
  public Right admit(Call call, Action action, Resource resource) {
    return admit(call, action, resource, false);
  }

  private Right admit(Call call, Action action, Resource resource, boolean walks) {
    requireOrdinary(call, action, resource);
    Standing standing = granted.standing(action, resource);
    if (standing != null && GrantedRights.foreign(call.caller(), standing)) {
      return granted.require(call, action, resource, standing);
    }
    scoped(call, action, resource);
    requireNotDenied(call, action, resource, standing);
    return Right.own(
        walks
            ? NO_RELATIONSHIPS
            : gate.require(call, action, resource, granted.who(call, resource)));
  }

  /**
   * As {@link #admit} for a walk over many keys, by a use case that shows only what {@link #seeing}
   * or {@link #sees} lets through: of the own tenant scopes alone decide, since where relationships
   * govern everybody may look and sees what is his.
   */
  public Right admitListing(Call call, Action action, Resource resource) {
    return admit(call, action, resource, true);
  }

  /**
   * Returns if a caller who was admitted to write may also set the list it asks for. A list that
   * gives nothing to others needs no more than the write; a writer that a bucket's list lets in
   * owns what it writes.
   *
   * @param asked or null
   * @throws Denied if not
   */
  public void requireList(Call call, AclRequest asked, Resource resource) {
    boolean plain =
        asked == null
            || asked instanceof AclRequest.Named(CannedAcl canned)
                && (canned == CannedAcl.PRIVATE || canned == CannedAcl.BUCKET_OWNER_FULL_CONTROL);
    if (plain) {
      return;
    }
    Standing standing = granted.standing(Action.POLICY_WRITE, resource);
    if (standing != null && GrantedRights.foreign(call.caller(), standing)) {
      granted.requireList(call, resource, standing);
    } else {
      scoped(call, Action.POLICY_WRITE, resource);
      requireNotDenied(call, Action.POLICY_WRITE, resource, standing);
    }
  }

  /** Whether a caller who was admitted to read a key may know that there is none. */
  public boolean mayKnowAbsence(Call call, Right right, BucketName bucket) {
    if (right.bucketId() == 0) {
      return true;
    }
    Standing standing = granted.standing(Action.OBJECT_LIST, Resource.bucket(bucket));
    return standing != null
        && right.reaches(standing.bucketId())
        && granted.mayList(call, bucket, standing);
  }

  /**
   * Whether a caller who was admitted to a key may do it to this version of it, which is not the
   * bucket owner's: neither scopes nor policies of the bucket reach what another account owns.
   */
  public boolean reachesForeign(
      Call call, BucketName bucket, ObjectStanding version, Permission permission) {
    Standing standing = granted.standing(Action.OBJECT_READ, Resource.bucket(bucket));
    return standing == null
        || standing.exposure().aclsOff()
        || call.caller().admin()
        || GrantedRights.objectGives(call, standing, version, permission);
  }

  /**
   * Runs a walk over a bucket's keys, in ascending order, with what the caller sees of them; what a
   * bucket grants to another tenant is all of it, unless relationships open parts of it.
   */
  public <T> T seeing(
      Call call, Right right, Action action, BucketName bucket, Function<Sight, T> walk) {
    if (right.bucketId() == 0) {
      return gate.seeing(call, action, bucket, granted.who(call, Resource.bucket(bucket)), walk);
    }
    Standing standing = right.open() ? granted.standing(action, Resource.bucket(bucket)) : null;
    return standing != null
        ? gate.seeingOpen(call, action, bucket, standing.tenantId(), walk)
        : walk.apply(Sight.EVERYTHING);
  }

  /**
   * Which keys of a bucket of the caller's own tenant it may read by scopes, policy and
   * relationships. Lists on objects open nothing here.
   *
   * @throws Denied if no scope of the caller reaches a key of the bucket
   * @throws NotFound for a bucket of another tenant
   */
  public ReadableMap readable(Call call, BucketName bucket) {
    Resource on = Resource.bucket(bucket);
    Standing standing = granted.standing(Action.OBJECT_READ, on);
    if (standing != null && GrantedRights.foreign(call.caller(), standing)) {
      throw call.caller().anonymous()
          ? new Unauthenticated(
              Unauthenticated.Reason.CREDENTIALS, "this needs credentials; send a bearer token")
          : new NotFound(
              NotFound.Reason.BUCKET,
              "there is no bucket '" + bucket + "'",
              Map.of("bucket", bucket.value()));
    }
    List<ScopeResource.Keys> scopes =
        call.caller().scopes().list().stream()
            .filter(s -> s.allows(Action.OBJECT_READ, s.resource()))
            .map(s -> s.resource().keysIn(bucket))
            .filter(Objects::nonNull)
            .toList();
    if (scopes.isEmpty()) {
      scoped(call, Action.OBJECT_READ, Resource.prefix(bucket, new byte[0]));
    }
    if (standing != null && standing.exposure().policy() != null) {
      // what a policy denies is told key by key
      return new ReadableMap(ReadableMap.whole(ReadableMap.Answer.ASK), scopes, NO_RELATIONSHIPS);
    }
    return gate.readable(call, bucket, granted.who(call, on), scopes);
  }

  /**
   * Whether scopes cover the action on the key, and no policy denies it; the first half of {@link
   * #sees}.
   */
  public boolean covers(Call call, Action action, Resource resource) {
    if (resource.reserved() || !call.caller().scopes().allows(action, resource.scope())) {
      return false;
    }
    Standing standing = granted.standing(action, resource);
    return standing == null
        || call.caller().admin()
        || !GrantedRights.foreign(call.caller(), standing)
            && !granted.denies(call, action, resource, standing);
  }

  /** Whether relationships, where they govern, show the key to the caller. */
  public boolean sees(Call call, Action action, Resource.Key key) {
    return !key.reserved() && gate.sees(call, action, key, granted.who(call, key));
  }

  /** Whether relationships govern the bucket of the tenant. */
  public boolean governs(long tenant, BucketName bucket) {
    return gate.governs(tenant, bucket);
  }

  /**
   * The same of a bucket that may be gone.
   *
   * @param stored how relationships store it
   */
  public boolean governed(long tenant, String stored) {
    return gate.governed(tenant, stored);
  }

  /**
   * Puts a bucket that nobody sees yet under relationships; doing it again changes nothing.
   *
   * @param creator becomes its owner
   */
  public void govern(
      Relationships.Owner tenant, BucketName bucket, SubjectRef creator, WriteRequest.By by) {
    gate.govern(tenant, bucket, creator, by);
  }

  /** What everybody holds on the bucket of the tenant by tuples of its own. */
  public Everybody held(long tenant, BucketName bucket) {
    return gate.held(tenant, bucket);
  }

  /**
   * Makes tuples what everybody holds on the bucket of the tenant. What a newer generation has
   * settled stays; doing it again changes nothing.
   *
   * @return false where tuples cannot say it, and what was asked must be kept elsewhere
   */
  public boolean publish(long tenant, PublicTuples.Wanted wanted, WriteRequest.By by) {
    return gate.publish(tenant, wanted, by);
  }

  private void requireNotDenied(Call call, Action action, Resource resource, Standing standing) {
    if (standing != null
        && !call.caller().admin()
        && granted.denies(call, action, resource, standing)) {
      throw GrantedRights.refused(action, resource);
    }
  }

  private void scoped(Call call, Action action, Resource resource) {
    if (call.caller().anonymous()) {
      throw new Unauthenticated(
          granted.missing(action, resource)
              ? Unauthenticated.Reason.NO_BUCKET
              : Unauthenticated.Reason.CREDENTIALS,
          "this needs credentials; send a bearer token");
    }
    if (!call.caller().scopes().allows(action, resource.scope())) {
      String scope = action.text() + "|" + resource.scope().text();
      throw new Denied(
          Denied.Reason.PERMISSION,
          "no scope of this caller covers '" + scope + "'; ask for a grant or a wider token",
          Map.of("action", action.text(), "resource", resource.scope().text()));
    }
  }

  /**
   * The first half of {@link #require} alone, for names met before the rest of a request is looked
   * at. Counts and logs what it refuses.
   *
   * @throws ReservedNamespace if the resource lies there, whoever calls
   */
  void requireOrdinary(Call call, Action action, Resource resource) {
    if (resource.reserved()) {
      refused.add(1);
      log.reservedNamespaceRefused(call, action, resource);
      throw new ReservedNamespace(
          "names that are _anvil or start with _anvil/ belong to the server; use another name");
    }
  }

  /** As {@link #require}, without a failure, a count or a log line: for filtering lists. */
  public boolean allows(Call call, Action action, Resource resource) {
    Standing standing = granted.standing(action, resource);
    if (standing != null && GrantedRights.foreign(call.caller(), standing)) {
      return !resource.reserved() && granted.find(call, action, resource, standing) != null;
    }
    return covers(call, action, resource)
        && gate.allows(call, action, resource, granted.who(call, resource));
  }
}
