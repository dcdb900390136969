package dev.anvil.objects.exposure;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.authz.grants.CorsRule;
import dev.anvil.authz.grants.GrantLimits;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.ExposureRecords;
import dev.anvil.objects.Mutations;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.storage.WriteBounds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Replaces the rules for scripts of other origins; no rules take them away. */
public final class ReplaceCors {
  /** Which bucket, and all its rules from now on. */
  public record Command(BucketName bucket, List<CorsRule> rules) {
    /** Copies and counts. */
    public Command {
      rules = List.copyOf(rules);
      if (rules.size() > GrantLimits.MAX_CORS_RULES) {
        throw new Invalid(
            Invalid.Reason.CORS,
            "The number of CORS rules should not exceed allowed limit of "
                + GrantLimits.MAX_CORS_RULES
                + " rules.",
            Map.of("rules", rules.size(), "limit", GrantLimits.MAX_CORS_RULES));
      }
    }
  }

  /** The receipt. */
  public record Result(Receipt receipt) {}

  private static final WriteBounds BOUNDS =
      new WriteBounds(WriteBounds.DEFAULT.reads(), 4 * GrantLimits.MAX_CORS_BYTES);

  private final ObjectServices services;
  private final BucketExposures exposures;
  private final Mutations mutations;

  /** Works on these services; the exposures are those that the door asks. */
  public ReplaceCors(ObjectServices services, BucketExposures exposures) {
    this.services = services;
    this.exposures = exposures;
    this.mutations = new Mutations(services);
  }

  /** Needs bucket:update on the bucket. */
  public Result execute(Call call, Command command) {
    Right right =
        services.access().admit(call, Action.BUCKET_UPDATE, Resource.bucket(command.bucket()));
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    return new Result(
        mutations
            .commit(
                BOUNDS,
                mutations.begin(call, right.revision(), bucket, null),
                bucket,
                null,
                b -> {
                  exposures.put(
                      b.tx(),
                      bucket.partition().number(),
                      bucket.id(),
                      ExposureRecords.read(b.tx(), bucket.id()).withCors(command.rules()));
                  byte[] name = command.bucket().value().getBytes(StandardCharsets.US_ASCII);
                  long cursor = b.append(ChangeExposure.CHANGED, name, null, null, List.of());
                  return b.receipt(null, null, false, false, null, 0, cursor);
                })
            .receipt());
  }
}
