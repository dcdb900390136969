package dev.anvil.journal.watch;

import dev.anvil.authz.Resource;
import dev.anvil.authz.store.Relationships;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.ports.failure.Invalid;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Opens a watch on the relationships of the caller's tenant: changes of tuples and of the schema,
 * in the order of their revisions, each commit whole.
 */
public final class WatchRelationships {
  private static final int MAX_TYPE_CHARS = 128;

  /**
   * What to watch.
   *
   * @param type of the tuples' resources, or null for all
   * @param after cursor to go on after, or null to begin now
   * @param again authenticates the caller anew; asked before every delivery
   */
  public record Command(String type, String after, Supplier<Call> again) {}

  /**
   * The watch; close it. The subject of an event is the text of the tuple, or the version of the
   * schema.
   */
  public record Result(Watch watch) {}

  private final WatchHub hub;
  private final Relationships relationships;

  /** On this hub. */
  public WatchRelationships(WatchHub hub, Relationships relationships) {
    this.hub = hub;
    this.relationships = relationships;
  }

  /** Needs authz:watch on the type, or on all of them. */
  public Result execute(Call call, Command command) {
    String type = command.type();
    if (type != null
        && (type.isEmpty() || type.length() > MAX_TYPE_CHARS || type.indexOf(':') >= 0)) {
      String shown =
          type.length() <= MAX_TYPE_CHARS ? type : type.substring(0, MAX_TYPE_CHARS) + "...";
      throw new Invalid(
          Invalid.Reason.ARGUMENT,
          "'" + shown + "' is no name of a type; name one of the schema's",
          Map.of("type", shown));
    }
    long tenant = call.caller().tenantId();
    if (tenant == 0) {
      throw new Invalid(
          Invalid.Reason.REQUEST,
          "relationships belong to a tenant; call with a token of one of its applications");
    }
    Resource resource = Resource.relation(type, null, null);
    Watch.Watcher watcher =
        new Watch.Watcher(
            command.again(),
            now -> hub.sources().access().require(now, Action.AUTHZ_WATCH, resource));
    watcher.admission().accept(call);
    WatchScope scope = WatchScope.relationships(tenant, type);
    return new Result(hub.openOn(relationships.home(tenant), scope, command.after(), watcher));
  }
}
