package dev.anvil.authz.relations;

import dev.anvil.authz.ReadableMap;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;

/** Tells which keys of a bucket a caller may read, for searches that filter by it. */
public final class MapReadable {
  /** Which bucket. */
  public record Command(BucketName bucket) {}

  /** The map. */
  public record Result(ReadableMap map) {}

  private final AuthzServices services;

  /** Works on these services. */
  public MapReadable(AuthzServices services) {
    this.services = services;
  }

  /** Needs object:read on some key of the bucket; of each key the map says the same as a read. */
  public Result execute(Call call, Command command) {
    return new Result(services.access().readable(call, command.bucket()));
  }
}
