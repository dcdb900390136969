package dev.anvil.objects;

import dev.anvil.authz.Resource;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.storage.Partition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Lists the parts that a version was put together from; a plain version has none. */
public final class ListObjectParts {
  /**
   * Which page.
   *
   * @param version text of a version id, or null for the current version
   * @param after number of the part to go on after; 0 for the first page
   * @param limit 1 to {@link ObjectLimits#MAX_PAGE}
   */
  public record Command(BucketName bucket, ObjectKey key, String version, int after, int limit) {}

  /**
   * A part.
   *
   * @param number from 1
   * @param size bytes
   * @param checksums of its bytes, where its sender gave some
   */
  public record PartSize(int number, long size, Map<DigestAlgorithm, byte[]> checksums) {}

  /**
   * A page.
   *
   * @param parts by number
   * @param more whether there are further ones
   */
  public record Result(List<PartSize> parts, boolean more) {
    /** Copies the list. */
    public Result {
      parts = List.copyOf(parts);
    }
  }

  private final ObjectServices services;

  /** Works on these services. */
  public ListObjectParts(ObjectServices services) {
    this.services = services;
  }

  /** Needs object:read on the key. */
  public Result execute(Call call, Command command) {
    services
        .access()
        .require(call, Action.OBJECT_READ, Resource.key(command.bucket(), command.key()));
    int limit = Paging.limit(command.limit());
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket());
    Partition partition = services.partitions().get(bucket.partition());
    VersionRecord version =
        partition.read(tx -> Looks.at(tx, bucket, command.key(), command.version())).record();
    List<PartSize> page = new ArrayList<>();
    if (version.parts() == 0) {
      return new Result(page, false);
    }
    Iterator<BodySlice> slices = PartRanges.slices(version.body(), partition);
    for (int number = 1; slices.hasNext(); number++) {
      BodySlice slice = slices.next();
      if (number <= command.after()) {
        continue;
      }
      if (page.size() == limit) {
        return new Result(page, true);
      }
      page.add(new PartSize(number, slice.length(), slice.checksums()));
    }
    return new Result(page, false);
  }
}
