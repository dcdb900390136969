package dev.anvil.objects;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.NotImplemented;
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
      String pageToken) {}

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

  /** Needs object:list on the prefix. */
  public Result execute(Call call, Command command) {
    throw new NotImplemented("not built yet: " + services + call + command);
  }
}
