package dev.anvil.objects;

import dev.anvil.authz.PublicGrants;
import dev.anvil.authz.grants.Acl;
import dev.anvil.authz.grants.AclRequest;
import dev.anvil.authz.grants.CannedAcl;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.authz.grants.Grantee.Account;
import dev.anvil.authz.grants.Ownership;
import dev.anvil.identity.Caller;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.storage.ReadTx;

/** Who owns what is written into a bucket, and whether the list that was asked for may be set. */
public final class WriteGrants {
  private WriteGrants() {}

  /**
   * Grants of a new version.
   *
   * @param asked the list that was asked for, or null
   * @throws WrongState AccessControlListNotSupported where lists are off
   * @throws Denied if the list names the public and the bucket blocks that
   */
  public static VersionGrants of(ReadTx tx, BucketRecord bucket, Caller caller, AclRequest asked) {
    long writer = writer(bucket, caller);
    boolean foreign = writer != bucket.tenantId();
    if (!foreign && isPrivate(asked)) {
      return VersionGrants.NONE;
    }
    Exposure exposure = ExposureRecords.read(tx, bucket.id());
    Account bucketOwner = new Account(bucket.tenantId());
    if (exposure.aclsOff()) {
      if (!isPrivate(asked) && !asked.ownersOnly(bucketOwner)) {
        throw aclsOff();
      }
      return VersionGrants.NONE;
    }
    boolean left =
        exposure.ownership() == Ownership.BUCKET_OWNER_PREFERRED
            && asked instanceof AclRequest.Named(CannedAcl canned)
            && canned == CannedAcl.BUCKET_OWNER_FULL_CONTROL;
    long owner = foreign && !left ? writer : bucket.tenantId();
    AclRequest list = asked == null ? new AclRequest.Named(CannedAcl.PRIVATE) : asked;
    return checked(exposure, bucketOwner, owner, list.of(new Account(owner), bucketOwner));
  }

  /**
   * Grants of a version that is there, with another list.
   *
   * @throws WrongState AccessControlListNotSupported where lists are off
   * @throws Denied if the list names the public and the bucket blocks that
   */
  public static VersionGrants replaced(
      ReadTx tx, BucketRecord bucket, VersionGrants before, AclRequest asked) {
    Exposure exposure = ExposureRecords.read(tx, bucket.id());
    Account bucketOwner = new Account(bucket.tenantId());
    if (exposure.aclsOff()) {
      if (!asked.ownersOnly(bucketOwner)) {
        throw aclsOff();
      }
      return VersionGrants.NONE;
    }
    long owner = before.owner() == 0 ? bucket.tenantId() : before.owner();
    return checked(exposure, bucketOwner, owner, asked.of(new Account(owner), bucketOwner));
  }

  private static VersionGrants checked(
      Exposure exposure, Account bucketOwner, long owner, Acl acl) {
    if (acl.open() && exposure.blocked().blockAcls()) {
      throw blocked();
    }
    long stored = owner == bucketOwner.tenantId() ? 0 : owner;
    boolean usual = acl.equals(CannedAcl.PRIVATE.of(new Account(owner), bucketOwner));
    return new VersionGrants(stored, usual ? Acl.PRIVATE : acl);
  }

  private static boolean isPrivate(AclRequest asked) {
    return asked == null
        || asked instanceof AclRequest.Named(CannedAcl canned) && canned == CannedAcl.PRIVATE;
  }

  private static long writer(BucketRecord bucket, Caller caller) {
    if (caller.anonymous()) {
      return PublicGrants.NOBODY;
    }
    return caller.admin() ? bucket.tenantId() : caller.tenantId();
  }

  /** The refusal of a list where lists are off. */
  public static WrongState aclsOff() {
    return new WrongState(
        WrongState.Reason.ACL_DISABLED,
        "the bucket does not allow access control lists: its owner owns everything in it; change"
            + " its ownership controls, or use a policy");
  }

  /** The refusal of a list that names the public. */
  public static Denied blocked() {
    return new Denied(
        "the public access block of the bucket refuses lists and policies that name the public;"
            + " change it first");
  }
}
