package dev.anvil.objects;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.authz.Sight;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.storage.KeyRange;
import java.util.Arrays;
import java.util.List;

/** Lists current objects in byte order of their keys. */
public final class ListObjects {
  /**
   * Which page.
   *
   * @param bucket where
   * @param prefix UTF-8 that keys start with; empty for all
   * @param delimiter UTF-8 up to which keys are rolled up; empty for none
   * @param after UTF-8 that keys come after, or null
   * @param limit 1 to {@link ObjectLimits#MAX_PAGE}
   * @param pageToken from the page before, with the same prefix and delimiter, or null
   */
  public record Command(
      BucketName bucket,
      byte[] prefix,
      byte[] delimiter,
      byte[] after,
      int limit,
      String pageToken) {
    /** Absent prefix and delimiter are empty. */
    public Command {
      prefix = prefix == null ? new byte[0] : prefix;
      delimiter = delimiter == null ? new byte[0] : delimiter;
    }
  }

  /**
   * A page.
   *
   * @param objects in order
   * @param commonPrefixes in order; they count towards the limit
   * @param nextPageToken null at the end
   * @param partition whose journal the cursor belongs to
   * @param cursor a watch after it misses nothing of the list; the same on every page
   */
  public record Result(
      List<ObjectSummary> objects,
      List<String> commonPrefixes,
      String nextPageToken,
      int partition,
      long cursor) {
    /** Copies the lists. */
    public Result {
      objects = List.copyOf(objects);
      commonPrefixes = List.copyOf(commonPrefixes);
    }
  }

  private final ObjectServices services;

  /** Works on these services. */
  public ListObjects(ObjectServices services) {
    this.services = services;
  }

  /** Needs object:list on the prefix; shows what relationships show, where they govern. */
  public Result execute(Call call, Command command) {
    byte[] prefix = Paging.text(command.prefix(), "prefix");
    Right right =
        services
            .access()
            .admitListing(call, Action.OBJECT_LIST, Resource.prefix(command.bucket(), prefix));
    byte[] delimiter = Paging.text(command.delimiter(), "delimiter");
    byte[] after = Paging.text(command.after(), "start");
    Paging.limit(command.limit());
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    byte[] scope = PageToken.scope("objects", bucket.id(), prefix, delimiter);
    PageToken token =
        command.pageToken() == null ? null : PageToken.parse(command.pageToken(), scope);
    byte[] start = token != null ? token.position() : start(prefix, delimiter, after);
    return services
        .access()
        .seeing(
            call,
            Action.OBJECT_LIST,
            command.bucket(),
            sight -> page(command, bucket, new Request(scope, token, start, sight)));
  }

  private record Request(byte[] scope, PageToken token, byte[] start, Sight sight) {}

  private Result page(Command command, BucketRef bucket, Request r) {
    return services
        .partitions()
        .get(bucket.partition())
        .read(tx -> {
          BucketTx.readOpen(tx, bucket);
          LivePage page =
              new LivePage(
                  bucket.id(), command.prefix(), command.delimiter(), command.limit(), r.sight());
          byte[] next = page.read(tx, r.start());
          long cursor = r.token() == null ? tx.cursor() : r.token().cursor();
          return new Result(
              page.objects(),
              page.commonPrefixes(),
              next == null ? null : new PageToken(r.scope(), next, 0, cursor).text(),
              bucket.partition().number(),
              cursor);
        });
  }

  /** The first key that may be listed; a start that is itself a common prefix is passed whole. */
  private static byte[] start(byte[] prefix, byte[] delimiter, byte[] after) {
    if (after == null || after.length == 0) {
      return prefix;
    }
    boolean rolledUp =
        Paging.startsWith(after, prefix)
            && Arrays.equals(after, Paging.commonPrefix(after, prefix.length, delimiter));
    byte[] first = rolledUp ? KeyRange.successorOfPrefix(after) : Paging.after(after);
    return Paging.later(prefix, first);
  }
}
