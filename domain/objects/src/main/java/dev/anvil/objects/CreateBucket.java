package dev.anvil.objects;

import dev.anvil.authz.Principals;
import dev.anvil.authz.Resource;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.WrongState;
import java.util.List;
import java.util.Map;

/** Creates a bucket, or finds that its owner made it with the same settings before. */
public final class CreateBucket {
  /**
   * What to create.
   *
   * @param bucket name, unique in the deployment
   * @param settings what the owner chooses
   * @param relationships whether relationships govern it from the start, with the creator as owner
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      BucketSettings settings,
      boolean relationships,
      IdempotencyKey idempotencyKey) {
    /** Under scopes alone. */
    public Command(BucketName bucket, BucketSettings settings, IdempotencyKey idempotencyKey) {
      this(bucket, settings, false, idempotencyKey);
    }
  }

  /**
   * The bucket.
   *
   * @param info its state
   * @param created false if it was there with the same owner and settings, and no earlier try with
   *     the idempotency key had made it
   */
  public record Result(BucketInfo info, boolean created) {}

  private final ObjectServices services;
  private final BucketLife life;
  private final String region;

  /** Works on these services; a bucket without a region gets the default's name. */
  public CreateBucket(ObjectServices services) {
    this(services, BucketSettings.DEFAULT_REGION);
  }

  /**
   * Works on these services.
   *
   * @param region the deployment's, for buckets whose creator names none
   */
  public CreateBucket(ObjectServices services, String region) {
    this.services = services;
    this.region = region;
    this.life = new BucketLife(services, List.of());
  }

  /** Needs bucket:create on the bucket. */
  public Result execute(Call call, Command command) {
    long revision =
        services.access().require(call, Action.BUCKET_CREATE, Resource.bucket(command.bucket()));
    if (call.caller().tenantId() == 0) {
      throw new Invalid(
          Invalid.Reason.REQUEST,
          "a bucket belongs to a tenant; call with a token of one of its applications");
    }
    BucketSettings settings = command.settings().orRegion(region);
    Fingerprint print =
        new Fingerprint("CreateBucket")
            .text(command.bucket().value())
            .text(settings.region())
            .text(settings.versioning().name())
            .texts(settings.tags())
            .number(settings.quota().objects())
            .number(settings.quota().bytes());
    if (command.relationships()) {
      print.text("relationships");
    }
    String governor = command.relationships() ? Principals.self(call).toString() : null;
    BucketLife.Wanted wanted = new BucketLife.Wanted(settings, governor);
    try (Attempt attempt =
        Attempt.begin(services.attempts(), call, revision, 0, command.idempotencyKey())) {
      BucketLife.Claim claim =
          life.claim(call.caller(), attempt, command.bucket(), wanted, print.toBytes());
      BucketRef bucket = claim.name().ref(command.bucket());
      if (claim.name().creating()) {
        life.open(tx -> {}, attempt, command.bucket(), claim.name());
      }
      BucketInfo info = GetBucket.read(services, bucket);
      if (!claim.fresh() && !claim.replayed()) {
        requireSame(info, settings, command.relationships());
      }
      return new Result(info, claim.fresh() || claim.replayed());
    }
  }

  private static void requireSame(BucketInfo info, BucketSettings settings, boolean relationships) {
    if (info.state() == BucketState.CLOSING) {
      throw new WrongState(
          WrongState.Reason.BUCKET_CLOSING,
          "bucket '" + info.name() + "' is being deleted; wait until its name is free",
          Map.of("bucket", info.name().value()));
    }
    if (!info.settings().equals(settings) || info.governed() != relationships) {
      throw new Conflict(
          Conflict.Reason.BUCKET_EXISTS,
          "bucket '" + info.name() + "' is yours and has other settings; change them instead",
          Map.of("bucket", info.name().value(), "owned", true));
    }
  }
}
