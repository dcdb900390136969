package dev.anvil.objects.exposure;

import dev.anvil.authz.PublicGrants;
import dev.anvil.authz.grants.CorsRule;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import java.util.List;

/**
 * Finds what a browser may be told about a script of another origin. Browsers ask without
 * credentials, so nobody has to be proved to be calling; it lets nobody in.
 */
public final class MatchOrigin {
  /**
   * What a script does.
   *
   * @param origin where it comes from
   * @param method what it sends
   * @param headers what it sends with it; none for a request that is already here
   */
  public record Command(BucketName bucket, String origin, String method, List<String> headers) {}

  /** What came of it. */
  public enum Outcome {
    /** There is no such bucket. */
    NO_BUCKET,
    /** The bucket has no rules. */
    NO_RULES,
    /** No rule fits. */
    REFUSED,
    /** A rule fits. */
    ALLOWED
  }

  /** The first rule that fits, or null. */
  public record Result(Outcome outcome, CorsRule rule) {}

  private final BucketExposures exposures;

  /** Asks there. */
  public MatchOrigin(BucketExposures exposures) {
    this.exposures = exposures;
  }

  /** Needs no right. */
  public Result execute(Call call, Command command) {
    PublicGrants.Standing standing = exposures.bucket(command.bucket());
    if (standing == null) {
      return new Result(Outcome.NO_BUCKET, null);
    }
    if (standing.exposure().cors().isEmpty()) {
      return new Result(Outcome.NO_RULES, null);
    }
    for (CorsRule rule : standing.exposure().cors()) {
      if (rule.fits(command.origin(), command.method()) && rule.takes(command.headers())) {
        return new Result(Outcome.ALLOWED, rule);
      }
    }
    return new Result(Outcome.REFUSED, null);
  }
}
