package dev.anvil.journal.watch;

import dev.anvil.authz.Resource;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import java.util.List;
import java.util.function.Supplier;

/** Opens a watch on the changes of a bucket, or of the keys under a prefix. */
public final class WatchBucket {
  /**
   * What to watch.
   *
   * @param bucket which
   * @param prefix UTF-8 that keys start with; empty for the bucket itself and all its keys
   * @param kinds exact kinds or families such as {@code object.*}; empty for all
   * @param after cursor to go on after, or null to begin now
   * @param again authenticates the caller anew; asked before every delivery, so that what was
   *     revoked or has expired ends the watch
   */
  public record Command(
      BucketName bucket, byte[] prefix, List<String> kinds, String after, Supplier<Call> again) {}

  /** The watch; close it. */
  public record Result(Watch watch) {}

  private final WatchHub hub;

  /** On this hub. */
  public WatchBucket(WatchHub hub) {
    this.hub = hub;
  }

  /** Needs watch:read on the prefix; each key shows only to who may read or list it. */
  public Result execute(Call call, Command command) {
    WatchScope scope = WatchScope.bucket(command.bucket(), command.prefix(), command.kinds());
    Resource resource = Resource.prefix(command.bucket(), command.prefix());
    Watch.Watcher watcher =
        new Watch.Watcher(
            command.again(),
            now -> hub.sources().access().admitListing(now, Action.WATCH_READ, resource));
    watcher.admission().accept(call);
    BucketSpaces.Space space = hub.sources().buckets().named(call.caller(), command.bucket());
    return new Result(hub.open(scope, space, command.after(), watcher));
  }
}
