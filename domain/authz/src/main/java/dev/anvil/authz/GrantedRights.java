package dev.anvil.authz;

import dev.anvil.authz.PublicGrants.ObjectStanding;
import dev.anvil.authz.PublicGrants.Standing;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.authz.grants.Permission;
import dev.anvil.authz.policy.Policy;
import dev.anvil.authz.policy.PolicyQuestion;
import dev.anvil.authz.tuples.SubjectRef;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.identity.Caller;
import dev.anvil.identity.Circumstances;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unauthenticated;
import java.util.List;
import java.util.Map;

/**
 * What nobody in particular, and callers of another tenant, may do in a bucket: what its lists
 * grant them and nothing else.
 */
final class GrantedRights {
  private final PublicGrants grants;
  private final Gate gate;

  GrantedRights(PublicGrants grants, Gate gate) {
    this.grants = grants;
    this.gate = gate;
  }

  /** The bucket, or null where there is none or where grants have no say. */
  Standing standing(Action action, Resource resource) {
    if (action == Action.BUCKET_CREATE) {
      return null;
    }
    BucketName name = resource.inBucket();
    return name == null ? null : grants.bucket(name);
  }

  /** Whether the resource lies in a bucket that is not there. */
  boolean missing(Action action, Resource resource) {
    return action != Action.BUCKET_CREATE
        && resource.inBucket() != null
        && grants.governs()
        && grants.bucket(resource.inBucket()) == null;
  }

  /**
   * What a caller of the own tenant holds: itself, and what everybody holds unless the bucket
   * blocks public access.
   */
  List<SubjectRef> who(Call call, Resource resource) {
    List<SubjectRef> all = Principals.of(call);
    BucketName name = resource.inBucket();
    Standing standing = name == null ? null : grants.bucket(name);
    boolean blocked = standing != null && standing.exposure().blocked().ignoreAcls();
    return blocked ? all.stream().filter(s -> !s.equals(Principals.PUBLIC)).toList() : all;
  }

  /** Whether the bucket is another tenant's, or its caller nobody. */
  static boolean foreign(Caller caller, Standing standing) {
    return !caller.admin() && (caller.anonymous() || caller.tenantId() != standing.tenantId());
  }

  /**
   * The right, or why there is none.
   *
   * @throws Unauthenticated for nobody in particular
   * @throws NotFound BucketNotFound, as if the bucket were not there; ObjectNotFound for callers
   *     that may list the bucket, where there is no object
   * @throws Denied PermissionDenied for callers that may list the bucket, where there is one
   */
  Right require(Call call, Action action, Resource resource, Standing standing) {
    Right right = find(call, action, resource, standing);
    if (right != null) {
      return right;
    }
    if (action == Action.OBJECT_READ
        && resource instanceof Resource.Key key
        && mayList(call, key.bucket(), standing)) {
      if (grants.object(key.bucket(), standing, key.key(), key.version()) == null) {
        throw new NotFound(
            key.version() == null ? NotFound.Reason.OBJECT : NotFound.Reason.VERSION,
            "there is no object '" + key.key() + "' in bucket '" + key.bucket() + "'",
            Map.of("bucket", key.bucket().value(), "key", key.key().text()));
      }
      throw refused(action, resource);
    }
    throw unseen(call, resource.inBucket());
  }

  /**
   * Whether the bucket's policy denies it; its own policy it denies no application of its owner.
   */
  boolean denies(Call call, Action action, Resource resource, Standing standing) {
    if (standing.exposure().policy() == null || S3Actions.ofPolicy(call, action, resource)) {
      return false;
    }
    PolicyValues values = new PolicyValues(grants, standing, call, resource);
    return decide(call, action, resource, standing, values) == Policy.Decision.DENY;
  }

  private Policy.Decision decide(
      Call call, Action action, Resource resource, Standing standing, PolicyValues values) {
    Policy policy = standing.exposure().policy();
    if (policy == null) {
      return Policy.Decision.SILENT;
    }
    String on =
        switch (resource) {
          case Resource.Key k -> k.bucket().value() + "/" + k.key().text();
          case Resource.Prefix p when action != Action.OBJECT_LIST -> null;
          default -> resource.inBucket().value();
        };
    return policy.decide(
        new PolicyQuestion(call.caller(), S3Actions.of(call, action, resource), on, values));
  }

  /** The right, or null. */
  Right find(Call call, Action action, Resource resource, Standing standing) {
    Exposure exposure = standing.exposure();
    PolicyValues values = new PolicyValues(grants, standing, call, resource);
    switch (decide(call, action, resource, standing, values)) {
      case DENY -> {
        return null;
      }
      case ALLOW -> {
        if (allowanceCounts(call, action, resource, exposure)) {
          return Right.granted(standing.bucketId(), values.version());
        }
      }
      case SILENT -> {}
    }
    if (open(call, action, resource, exposure)) {
      return Right.granted(standing.bucketId());
    }
    Right listed = exposure.aclsOff() ? null : byAcl(call, action, resource, standing);
    return listed != null || !byTuples(call, action, resource, standing)
        ? listed
        : Right.opened(standing.bucketId());
  }

  private static boolean allowanceCounts(
      Call call, Action action, Resource resource, Exposure exposure) {
    return !exposure.policyRestricted() && !S3Actions.ofPolicy(call, action, resource);
  }

  /** Whether tuples for everybody give it; they are public access, and blocked with it. */
  private boolean byTuples(Call call, Action action, Resource resource, Standing standing) {
    if (standing.exposure().blocked().ignoreAcls()) {
      return false;
    }
    long tenant = standing.tenantId();
    if (S3Actions.plain(call, action, resource) && gate.open(call, action, resource, tenant)) {
      return true;
    }
    // a list of a bucket that may be read gives more of lists than public access does
    Resource all = Resource.prefix(resource.inBucket(), new byte[0]);
    return standing.exposure().listed()
        && S3Actions.bucketPermission(call, action, resource) == Permission.READ
        && standing.exposure().acl().everybody().read()
        && gate.open(call, Action.OBJECT_LIST, all, tenant);
  }

  private static boolean open(Call call, Action action, Resource resource, Exposure exposure) {
    if (resource instanceof Resource.Bucket || exposure.blocked().ignoreAcls()) {
      return false;
    }
    return switch (action) {
      case OBJECT_READ, OBJECT_LIST ->
          exposure.publicRead() && S3Actions.plain(call, action, resource);
      case OBJECT_WRITE, OBJECT_DELETE ->
          exposure.publicWrite() && S3Actions.plain(call, action, resource);
      default -> false;
    };
  }

  private Right byAcl(Call call, Action action, Resource resource, Standing standing) {
    Permission ofBucket = S3Actions.bucketPermission(call, action, resource);
    if (ofBucket != null) {
      return bucketGives(call, standing, ofBucket) ? Right.granted(standing.bucketId()) : null;
    }
    Permission ofObject = S3Actions.objectPermission(call, action, resource);
    if (ofObject == null || !(resource instanceof Resource.Key key)) {
      return null;
    }
    ObjectStanding object = grants.object(key.bucket(), standing, key.key(), key.version());
    return object != null && objectGives(call, standing, object, ofObject)
        ? Right.granted(standing.bucketId(), object.version())
        : null;
  }

  private static boolean bucketGives(Call call, Standing standing, Permission permission) {
    return standing.exposure().gives(call.caller(), permission);
  }

  static boolean objectGives(
      Call call, Standing standing, ObjectStanding object, Permission permission) {
    boolean owns = !call.caller().anonymous() && object.owner() == call.caller().tenantId();
    return owns
        || object
            .acl()
            .gives(call.caller(), permission, standing.exposure().blocked().ignoreAcls());
  }

  /** Returns if the caller may give what it writes a list. */
  void requireList(Call call, Resource resource, Standing standing) {
    PolicyValues values = new PolicyValues(grants, standing, call, resource);
    Policy.Decision said = decide(call, Action.POLICY_WRITE, resource, standing, values);
    boolean allowed =
        said == Policy.Decision.ALLOW && !standing.exposure().policyRestricted()
            || said == Policy.Decision.SILENT
                && !standing.exposure().aclsOff()
                && (bucketGives(call, standing, Permission.WRITE)
                    || everybodyWrites(call, resource, standing));
    if (!allowed) {
      throw refused(Action.POLICY_WRITE, resource);
    }
  }

  private boolean everybodyWrites(Call call, Resource resource, Standing standing) {
    return standing.exposure().listed()
        && !standing.exposure().blocked().ignoreAcls()
        && standing.exposure().acl().everybody().write()
        && gate.open(call, Action.OBJECT_WRITE, resource, standing.tenantId());
  }

  /** Whether the caller may see which keys there are. */
  boolean mayList(Call call, BucketName bucket, Standing standing) {
    Call plain =
        new Call(
            call.caller(),
            call.requestId(),
            Circumstances.from(
                call.circumstances().ip(), call.circumstances().secure(), S3Actions.listing(call)));
    return find(plain, Action.OBJECT_LIST, Resource.prefix(bucket, new byte[0]), standing) != null;
  }

  static Denied refused(Action action, Resource resource) {
    return new Denied(
        Denied.Reason.PERMISSION,
        "nothing gives this caller '" + action.text() + "' here; ask whoever owns the bucket",
        Map.of("action", action.text(), "resource", resource.scope().text()));
  }

  /** The answer to who may not know whether the bucket is there. */
  static AnvilException unseen(Call call, BucketName bucket) {
    if (call.caller().anonymous()) {
      return new Unauthenticated(
          Unauthenticated.Reason.CREDENTIALS, "this needs credentials; send a bearer token");
    }
    return new NotFound(
        NotFound.Reason.FOREIGN_BUCKET,
        "there is no bucket '" + bucket + "'; check the name",
        Map.of("bucket", bucket.value()));
  }
}
