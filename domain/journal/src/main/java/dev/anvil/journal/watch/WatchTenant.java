package dev.anvil.journal.watch;

import dev.anvil.authz.Resource;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import java.util.List;
import java.util.function.Supplier;

/** Opens a watch on all changes of the caller's tenant: each journal in order, side by side. */
public final class WatchTenant {
  /**
   * What to watch.
   *
   * @param kinds exact kinds or families such as {@code object.*}; empty for all
   * @param after cursor to go on after, or null to begin now
   * @param again authenticates the caller anew; asked before every delivery
   */
  public record Command(List<String> kinds, String after, Supplier<Call> again) {}

  /** The watch; close it. */
  public record Result(Watch watch) {}

  private final WatchHub hub;

  /** On this hub. */
  public WatchTenant(WatchHub hub) {
    this.hub = hub;
  }

  /** Needs watch:read on every bucket; each change shows only to who may see what it is about. */
  public Result execute(Call call, Command command) {
    Watch.Watcher watcher =
        new Watch.Watcher(
            command.again(),
            now -> hub.sources().access().require(now, Action.WATCH_READ, Resource.everyBucket()));
    watcher.admission().accept(call);
    WatchScope scope = WatchScope.tenant(call.caller().tenantId(), command.kinds());
    return new Result(hub.open(scope, null, command.after(), watcher));
  }
}
