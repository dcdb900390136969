package dev.anvil.objects;

import dev.anvil.identity.Call;
import dev.anvil.ports.failure.NotImplemented;
import java.util.List;

/** Lists the buckets of the caller's tenant in order of their names. */
public final class ListBuckets {
  /**
   * Which page.
   *
   * @param pageToken from the page before, or null
   * @param limit 1 to {@link ObjectLimits#MAX_PAGE}
   */
  public record Command(String pageToken, int limit) {}

  /**
   * A page.
   *
   * @param buckets in order
   * @param nextPageToken null at the end
   */
  public record Result(List<BucketSummary> buckets, String nextPageToken) {
    /** Copies the list. */
    public Result {
      buckets = List.copyOf(buckets);
    }
  }

  private final ObjectServices services;

  /** Works on these services. */
  public ListBuckets(ObjectServices services) {
    this.services = services;
  }

  /** Needs bucket:list on every bucket, or shows the buckets it is held for. */
  public Result execute(Call call, Command command) {
    throw new NotImplemented("not built yet: " + services + call + command);
  }
}
