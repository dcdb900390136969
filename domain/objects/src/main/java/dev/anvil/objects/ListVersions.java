package dev.anvil.objects;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.authz.Sight;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.ReadTx;
import java.util.Arrays;
import java.util.List;

/** Lists versions and markers in byte order of their keys, newest first within a key. */
public final class ListVersions {
  /**
   * Which page.
   *
   * @param bucket where
   * @param prefix UTF-8 that keys start with; empty for all
   * @param delimiter UTF-8 up to which keys are rolled up; empty for none
   * @param afterKey UTF-8 of the key to continue after, or null
   * @param afterVersion text of the version of that key to continue after, or null for all of them
   * @param limit 1 to {@link ObjectLimits#MAX_PAGE}
   * @param pageToken from the page before, with the same prefix and delimiter, or null
   */
  public record Command(
      BucketName bucket,
      byte[] prefix,
      byte[] delimiter,
      byte[] afterKey,
      String afterVersion,
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
   * @param versions in order
   * @param commonPrefixes in order; they count towards the limit
   * @param nextPageToken null at the end
   * @param partition whose journal the cursor belongs to
   * @param cursor a watch after it misses nothing of the list; the same on every page
   */
  public record Result(
      List<ObjectSummary> versions,
      List<String> commonPrefixes,
      String nextPageToken,
      int partition,
      long cursor) {
    /** Copies the lists. */
    public Result {
      versions = List.copyOf(versions);
      commonPrefixes = List.copyOf(commonPrefixes);
    }
  }

  private final ObjectServices services;

  /** Works on these services. */
  public ListVersions(ObjectServices services) {
    this.services = services;
  }

  /** Needs object:list on the prefix; shows what relationships show, where they govern. */
  public Result execute(Call call, Command command) {
    byte[] prefix = Paging.text(command.prefix(), "prefix");
    Right right =
        services
            .access()
            .admitListing(call, Action.OBJECT_LIST, Resource.prefix(command.bucket(), prefix));
    Paging.text(command.delimiter(), "delimiter");
    Paging.limit(command.limit());
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    byte[] scope = PageToken.scope("versions", bucket.id(), prefix, command.delimiter());
    PageToken token =
        command.pageToken() == null ? null : PageToken.parse(command.pageToken(), scope);
    return services
        .access()
        .seeing(
            call,
            Action.OBJECT_LIST,
            command.bucket(),
            sight -> page(command, bucket, token, scope, sight));
  }

  private Result page(
      Command command, BucketRef bucket, PageToken token, byte[] scope, Sight sight) {
    return services
        .partitions()
        .get(bucket.partition())
        .read(tx -> {
          BucketRecord record = BucketTx.readOpen(tx, bucket);
          VersionPage.Place start =
              token != null
                  ? new VersionPage.Place(token.position(), token.detail())
                  : start(tx, record, command);
          VersionPage page =
              new VersionPage(
                  record, command.prefix(), command.delimiter(), command.limit(), sight);
          VersionPage.Place next = page.read(tx, start);
          long cursor = token == null ? tx.cursor() : token.cursor();
          return new Result(
              page.versions(),
              page.commonPrefixes(),
              next == null ? null : new PageToken(scope, next.key(), next.after(), cursor).text(),
              bucket.partition().number(),
              cursor);
        });
  }

  private static VersionPage.Place start(ReadTx tx, BucketRecord bucket, Command command) {
    byte[] prefix = command.prefix();
    byte[] after = Paging.text(command.afterKey(), "start");
    if (after == null || after.length == 0) {
      return new VersionPage.Place(prefix, 0);
    }
    long cursor = afterCursor(tx, bucket, command);
    if (cursor > 0 && Arrays.compareUnsigned(after, prefix) >= 0) {
      return new VersionPage.Place(after, cursor);
    }
    boolean rolledUp =
        Paging.startsWith(after, prefix)
            && Arrays.equals(after, Paging.commonPrefix(after, prefix.length, command.delimiter()));
    byte[] first = rolledUp ? KeyRange.successorOfPrefix(after) : Paging.after(after);
    return new VersionPage.Place(Paging.later(prefix, first), 0);
  }

  /** Cursor of the version to go on after; 0 when the whole key is passed. */
  private static long afterCursor(ReadTx tx, BucketRecord bucket, Command command) {
    if (command.afterVersion() == null) {
      return 0;
    }
    if (!command.afterVersion().equals(VersionId.NULL_TEXT)) {
      return VersionId.parse(command.afterVersion()).cursor();
    }
    VersionRecord found =
        KeyState.read(tx, bucket, ObjectKey.of(command.afterKey())).nullVersion(tx);
    return found == null ? 0 : found.cursor();
  }
}
