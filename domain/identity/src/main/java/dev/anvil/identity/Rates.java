package dev.anvil.identity;

/**
 * How much a second. {@link TenantLimits#NONE} is as much as there is.
 *
 * @param requests requests
 * @param bytesIn bytes of bodies received
 * @param bytesOut bytes of bodies sent
 */
public record Rates(long requests, long bytesIn, long bytesOut) {
  /** As much as there is. */
  public static final Rates FREE =
      new Rates(TenantLimits.NONE, TenantLimits.NONE, TenantLimits.NONE);

  /** What is said of the tenant, and these where nothing is said. */
  Rates orSaid(TenantLimits said) {
    return new Rates(
        said.requestsPerSecond() == TenantLimits.NONE ? requests : said.requestsPerSecond(),
        said.bytesInPerSecond() == TenantLimits.NONE ? bytesIn : said.bytesInPerSecond(),
        said.bytesOutPerSecond() == TenantLimits.NONE ? bytesOut : said.bytesOutPerSecond());
  }
}
