package dev.anvil.s3.answer;

import dev.anvil.authz.grants.AclRequest;
import dev.anvil.authz.grants.CannedAcl;
import dev.anvil.authz.grants.Ownership;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.exposure.ChangeExposure;
import dev.anvil.objects.exposure.ChangeExposure.Change;
import dev.anvil.s3.wire.S3Code;
import dev.anvil.s3.wire.S3Failure;

/**
 * What the creator of a bucket asks for beside the bucket. It is set after the bucket is there: a
 * crash between leaves a bucket that is its owner's alone.
 */
final class NewBucketGrants {
  private final S3UseCases.Grants grants;
  private final AclReader reader;

  NewBucketGrants(S3UseCases.Grants grants) {
    this.grants = grants;
    this.reader = new AclReader(grants);
  }

  /** Null for what is not asked for. */
  record Asked(Ownership ownership, AclRequest acl) {}

  /** Refuses what contradicts itself, before the bucket is made. */
  Asked asked(S3Call call) {
    Ownership ownership = Owners.asked(call);
    AclRequest acl = reader.ofHeaders(call);
    boolean usual = acl == null || acl.equals(new AclRequest.Named(CannedAcl.PRIVATE));
    boolean off = ownership == null || ownership == Ownership.BUCKET_OWNER_ENFORCED;
    if (!usual && off) {
      throw new S3Failure(S3Code.InvalidBucketAclWithObjectOwnership);
    }
    return new Asked(ownership, usual ? null : acl);
  }

  void apply(S3Call call, BucketName bucket, Asked asked) {
    if (asked.ownership() != null) {
      change(call, bucket, new Change.ToOwnership(asked.ownership()));
    }
    if (asked.acl() != null) {
      change(call, bucket, new Change.ToAcl(asked.acl()));
    }
  }

  private void change(S3Call call, BucketName bucket, Change change) {
    grants.change().execute(call.call(), new ChangeExposure.Command(bucket, change));
  }
}
