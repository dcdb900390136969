package dev.anvil.objects.exposure;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.authz.grants.AccessBlock;
import dev.anvil.authz.grants.Acl;
import dev.anvil.authz.grants.AclRequest;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.authz.grants.Grantee.Account;
import dev.anvil.authz.grants.Ownership;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.ExposureRecords;
import dev.anvil.objects.Mutations;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.WriteGrants;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.storage.WriteBounds;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Changes what a bucket grants and refuses beyond scopes, in one commit. */
public final class ChangeExposure {
  /** What to change. */
  public sealed interface Change {
    /** The bucket's access control list. */
    record ToAcl(AclRequest acl) implements Change {}

    /** The switches; null takes them away. */
    record ToBlock(AccessBlock block) implements Change {}

    /** Who owns what others write; null takes the rule away. */
    record ToOwnership(Ownership ownership) implements Change {}

    /** Grants to everybody. */
    record ToPublic(boolean read, boolean write) implements Change {}
  }

  /** Which bucket, and the change. */
  public record Command(BucketName bucket, Change change) {}

  /** What it grants from now on, and the receipt. */
  public record Result(Exposure exposure, Receipt receipt) {}

  /** Kind of the journal entry. */
  public static final String CHANGED = "bucket.exposure";

  private final ObjectServices services;
  private final BucketExposures exposures;
  private final Mutations mutations;

  /** Works on these services; the exposures are those that the door asks. */
  public ChangeExposure(ObjectServices services, BucketExposures exposures) {
    this.services = services;
    this.exposures = exposures;
    this.mutations = new Mutations(services);
  }

  /**
   * Needs policy:write on the bucket.
   *
   * @throws Denied if the bucket blocks what the change opens
   * @throws WrongState AccessControlListNotSupported, InvalidBucketAclWithObjectOwnership
   */
  public Result execute(Call call, Command command) {
    Right right =
        services.access().admit(call, Action.POLICY_WRITE, Resource.bucket(command.bucket()));
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    Exposure[] after = new Exposure[1];
    Receipt receipt =
        mutations
            .commit(
                WriteBounds.DEFAULT,
                mutations.begin(call, right.revision(), bucket, null),
                bucket,
                null,
                b -> {
                  Exposure before = ExposureRecords.read(b.tx(), bucket.id());
                  after[0] = changed(b, before, command.change());
                  exposures.put(b.tx(), bucket.partition().number(), bucket.id(), after[0]);
                  byte[] name = command.bucket().value().getBytes(StandardCharsets.US_ASCII);
                  long cursor = b.append(CHANGED, name, null, null, List.of());
                  return b.receipt(null, null, false, false, null, 0, cursor);
                })
            .receipt();
    return new Result(after[0], receipt);
  }

  private static Exposure changed(BucketTx b, Exposure before, Change change) {
    return switch (change) {
      case Change.ToAcl c -> before.withAcl(acl(b, before, c.acl()));
      case Change.ToBlock c -> before.withBlock(c.block());
      case Change.ToOwnership c -> before.withOwnership(owned(b, before, c.ownership()));
      case Change.ToPublic c -> {
        if ((c.read() || c.write()) && before.blocked().blockAcls()) {
          throw WriteGrants.blocked();
        }
        yield before.open(c.read(), c.write());
      }
    };
  }

  private static Acl acl(BucketTx b, Exposure before, AclRequest asked) {
    Account owner = new Account(b.bucket().tenantId());
    if (before.aclsOff()) {
      if (!asked.ownersOnly(owner)) {
        throw WriteGrants.aclsOff();
      }
      return before.acl();
    }
    Acl acl = asked.of(owner, owner);
    if (acl.open() && before.blocked().blockAcls()) {
      throw WriteGrants.blocked();
    }
    return acl;
  }

  private static Ownership owned(BucketTx b, Exposure before, Ownership rule) {
    if (rule == Ownership.BUCKET_OWNER_ENFORCED && before.acl().beyond(b.bucket().tenantId())) {
      throw new WrongState(
          WrongState.Reason.ACL_OWNERSHIP,
          "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
    }
    return rule;
  }
}
