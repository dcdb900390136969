package dev.anvil.objects.manifests;

import dev.anvil.authz.Resource;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.NamePage;
import dev.anvil.objects.ObjectServices;
import java.util.List;

/** Lists manifests by name, in byte order. */
public final class ListManifests {
  /**
   * Which page.
   *
   * @param bucket where
   * @param prefix UTF-8 that names start with; empty for all
   * @param after name that names come after, or null
   * @param limit 1 to {@link ManifestLimits.MAX_PAGE}
   */
  public record Command(BucketName bucket, byte[] prefix, String after, int limit) {}

  /**
   * A page.
   *
   * @param manifests in order
   * @param next null on the last page, else the {@code after} of the next one
   * @param partition home of the bucket
   * @param cursor where a watch starts that misses nothing of the page
   */
  public record Result(List<ManifestInfo> manifests, String next, int partition, long cursor) {}

  private final BucketWork work;

  /** Works on these services. */
  public ListManifests(ObjectServices services) {
    this.work = new BucketWork(services);
  }

  /** Needs object:list on the prefix; shows what relationships show, where they govern. */
  public Result execute(Call call, Command command) {
    Resource prefix = Resource.prefix(command.bucket(), command.prefix());
    BucketWork.Target target = work.listing(call, command.bucket(), prefix);
    NamePage.checkLimit(command.limit(), ManifestLimits.MAX_PAGE);
    ObjectKey after = command.after() == null ? null : ObjectKey.of(command.after());
    NamePage<ManifestInfo> page =
        work.readSeeing(
            target,
            (tx, bucket, sight) ->
                NamePage.read(
                    tx,
                    start -> ManifestHead.keys(bucket.id(), start),
                    command.prefix(),
                    after == null ? null : ManifestHead.key(bucket.id(), after),
                    command.limit(),
                    sight,
                    ManifestHead::nameOf,
                    (name, value) -> ManifestHead.of(value).info(name)));
    return new Result(
        page.items(), page.next(), target.bucket().partition().number(), page.cursor());
  }
}
