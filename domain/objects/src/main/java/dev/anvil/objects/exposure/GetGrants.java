package dev.anvil.objects.exposure;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketRecord;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.ExposureRecords;
import dev.anvil.objects.KeyState;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.ReadRight;
import dev.anvil.objects.VersionGrants;
import dev.anvil.objects.VersionRecord;
import dev.anvil.ports.storage.ReadTx;

/** Reads who owns a version and what its access control list gives. */
public final class GetGrants {
  /** Which version; the current one for null. */
  public record Command(BucketName bucket, ObjectKey key, String version) {}

  /**
   * The grants.
   *
   * @param bucketOwner tenant that owns the bucket
   * @param version text of the version id
   * @param nullVersion whether it is the key's null version
   * @param versioned whether the bucket has ever kept versions
   * @param grants owner and list
   */
  public record Result(
      long bucketOwner,
      String version,
      boolean nullVersion,
      boolean versioned,
      VersionGrants grants) {}

  private final ObjectServices services;

  /** Works on these services. */
  public GetGrants(ObjectServices services) {
    this.services = services;
  }

  /** Needs policy:read on the key. */
  public Result execute(Call call, Command command) {
    ReadRight right =
        ReadRight.of(
            services, call, Action.POLICY_READ, command.bucket(), command.key(), command.version());
    return right.looking(() ->
        services.partitions().get(right.bucket().partition()).read(tx -> read(tx, right, command)));
  }

  private static Result read(ReadTx tx, ReadRight right, Command command) {
    BucketRecord bucket = BucketTx.readOpen(tx, right.bucket());
    KeyState state = KeyState.read(tx, bucket, command.key());
    VersionRecord found = Found.of(tx, state, command.version());
    return new Result(
        bucket.tenantId(),
        found.id().text(),
        found.nullVersion(),
        bucket.everVersioned(),
        ExposureRecords.read(tx, bucket.id()).aclsOff() ? VersionGrants.NONE : found.grants());
  }
}
