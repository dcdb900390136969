package dev.anvil.objects;

import dev.anvil.authz.Access;
import dev.anvil.authz.PublicGrants.ObjectStanding;
import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.WrongState;
import java.util.function.Supplier;

/**
 * A right to read a version of a key, asked for before anything is looked up, and what must be
 * confirmed once the version is seen.
 *
 * @param call who asks
 * @param right what it rests on
 * @param bucket where it is
 */
public record ReadRight(Access access, Call call, Right right, BucketRef bucket) {
  /** Needs object:read on the key. */
  public static ReadRight of(
      ObjectServices services, Call call, BucketName bucket, ObjectKey key, String version) {
    return of(services, call, Action.OBJECT_READ, bucket, key, version);
  }

  /** Needs another action of who looks at a version. */
  public static ReadRight of(
      ObjectServices services,
      Call call,
      Action action,
      BucketName bucket,
      ObjectKey key,
      String version) {
    Right right = services.access().admit(call, action, Resource.version(bucket, key, version));
    return new ReadRight(
        services.access(), call, right, services.buckets().require(call.caller(), bucket, right));
  }

  /**
   * What is seen; that there is nothing is told only to those who may know it.
   *
   * @throws Denied instead of what says that there is no version
   */
  public <T> T looking(Supplier<T> look) {
    try {
      return look.get();
    } catch (NotFound | WrongState e) {
      if (access.mayKnowAbsence(call, right, bucket.name())) {
        throw e;
      }
      throw refused();
    }
  }

  /**
   * Confirms on the version itself what was not known before: that it is the one whose list gave
   * the right, and that another account does not own it.
   *
   * @throws Denied if not
   */
  public void confirm(VersionRecord seen) {
    if (right.version() != null) {
      if (!right.version().equals(seen.id().text())) {
        throw refused();
      }
      return;
    }
    if (seen.grants().owner() != 0
        && !access.readsForeign(
            call,
            bucket.name(),
            new ObjectStanding(seen.id().text(), seen.grants().owner(), seen.grants().acl()))) {
      throw refused();
    }
  }

  private Denied refused() {
    return new Denied("nothing gives this caller 'object:read' here; ask whoever owns it");
  }
}
