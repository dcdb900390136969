package dev.anvil.objects;

import dev.anvil.authz.Resource;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lists the buckets of the caller's tenant in order of their names: all of them, or those that the
 * caller may list.
 */
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

  /**
   * Needs bucket:list on every bucket, or else shows those on which the caller has it; a page of
   * such a list may be short.
   *
   * @throws dev.anvil.ports.failure.Denied if there are none
   */
  public Result execute(Call call, Command command) {
    boolean all = services.access().allows(call, Action.BUCKET_LIST, Resource.everyBucket());
    Result page = page(call, command);
    if (all) {
      return page;
    }
    List<BucketSummary> seen = page.buckets().stream().filter(b -> mayList(call, b)).toList();
    if (seen.isEmpty() && page.nextPageToken() == null && command.pageToken() == null) {
      services.access().require(call, Action.BUCKET_LIST, Resource.everyBucket());
    }
    return new Result(seen, page.nextPageToken());
  }

  private boolean mayList(Call call, BucketSummary bucket) {
    return services.access().allows(call, Action.BUCKET_LIST, Resource.bucket(bucket.name()));
  }

  private Result page(Call call, Command command) {
    int limit = Paging.limit(command.limit());
    long tenant = call.caller().tenantId();
    byte[] scope = PageToken.scope("buckets", tenant);
    PageToken token =
        command.pageToken() == null ? null : PageToken.parse(command.pageToken(), scope);
    return services
        .partitions()
        .directory()
        .read(tx -> {
          byte[] prefix = NameRecord.tenantPrefix(tenant);
          KeyRange range = KeyRange.prefix(prefix);
          if (token != null) {
            range = range.startingAt(join(prefix, token.position()));
          }
          List<BucketSummary> page = new ArrayList<>();
          String next = null;
          try (EntryCursor c = tx.scan(range, Order.ASCENDING)) {
            while (next == null && c.next()) {
              if (page.size() == limit) {
                byte[] at = Arrays.copyOfRange(c.key(), prefix.length, c.key().length);
                next = new PageToken(scope, at, 0, 0).text();
              } else {
                BucketName name = NameRecord.nameAfter(c.key(), prefix.length);
                page.add(NameRecord.decode(c.value()).summary(name));
              }
            }
          }
          return new Result(page, next);
        });
  }

  private static byte[] join(byte[] prefix, byte[] rest) {
    byte[] all = Arrays.copyOf(prefix, prefix.length + rest.length);
    System.arraycopy(rest, 0, all, prefix.length, rest.length);
    return all;
  }
}
