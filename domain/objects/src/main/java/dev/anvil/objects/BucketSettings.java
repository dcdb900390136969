package dev.anvil.objects;

import dev.anvil.ports.failure.Invalid;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * What the owner chooses about a bucket.
 *
 * @param region name of a region, 1 to {@link ObjectLimits#MAX_REGION} of {@code [a-z0-9-]}
 * @param versioning how overwrites and deletes behave
 * @param tags sorted
 * @param quota bounds
 */
public record BucketSettings(
    String region, Versioning versioning, SortedMap<String, String> tags, Quota quota) {
  /** Above the constants that are checked with it; settings are read with every request. */
  private static final Pattern REGION =
      Pattern.compile("[a-z0-9-]{1," + ObjectLimits.MAX_REGION + "}");

  /** Stands for the region of the deployment, where the creator of a bucket names none. */
  public static final String DEFAULT_REGION = "local";

  /** Unversioned, untagged, unbounded. */
  public static final BucketSettings DEFAULT =
      new BucketSettings(
          DEFAULT_REGION, Versioning.UNVERSIONED, Labels.bucketTags(Map.of()), Quota.UNLIMITED);

  /** The same in the deployment's region, if none is named. */
  BucketSettings orRegion(String deployment) {
    return region.equals(DEFAULT_REGION)
        ? new BucketSettings(deployment, versioning, tags, quota)
        : this;
  }

  /** Checks region and tags. */
  public BucketSettings {
    tags = Labels.bucketTags(tags);
    if (!REGION.matcher(region).matches()) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "a region has 1 to "
              + ObjectLimits.MAX_REGION
              + " lower-case letters, digits and '-'; got "
              + region.length()
              + " characters that do not fit",
          Map.of("limit", ObjectLimits.MAX_REGION));
    }
  }
}
