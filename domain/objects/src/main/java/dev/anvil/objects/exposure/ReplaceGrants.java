package dev.anvil.objects.exposure;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.authz.grants.AclRequest;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.KeyState;
import dev.anvil.objects.Mutations;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.VersionGrants;
import dev.anvil.objects.VersionRecord;
import dev.anvil.objects.Versions;
import dev.anvil.objects.WriteGrants;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.storage.WriteBounds;

/** Replaces the access control list of a version, in place: its id, bytes and times stay. */
public final class ReplaceGrants {
  /** Which version (the current one for null), and the list. */
  public record Command(BucketName bucket, ObjectKey key, String version, AclRequest acl) {}

  /** The receipt names the version, and the cursor of this change. */
  public record Result(Receipt receipt) {}

  private final ObjectServices services;
  private final Mutations mutations;

  /** Works on these services. */
  public ReplaceGrants(ObjectServices services) {
    this.services = services;
    this.mutations = new Mutations(services);
  }

  /** Needs policy:write on the key. */
  public Result execute(Call call, Command command) {
    Right right =
        services
            .access()
            .admit(
                call,
                Action.POLICY_WRITE,
                Resource.version(command.bucket(), command.key(), command.version()));
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    return new Result(
        mutations
            .commit(
                WriteBounds.DEFAULT,
                mutations.begin(call, right.revision(), bucket, null),
                bucket,
                null,
                b -> replace(b, right, command))
            .receipt());
  }

  private static Receipt replace(BucketTx b, Right right, Command command) {
    KeyState state = b.key(command.key());
    VersionRecord found = Found.of(b.tx(), state, command.version());
    if (right.version() != null && !right.version().equals(found.id().text())) {
      throw new Denied("nothing gives this caller 'policy:write' here; ask whoever owns it");
    }
    VersionGrants grants = WriteGrants.replaced(b.tx(), b.bucket(), found.grants(), command.acl());
    return new Versions(b).regrant(state, found, grants);
  }
}
