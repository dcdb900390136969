package dev.anvil.objects;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ByteRange;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.failure.NotImplemented;
import java.util.List;

/** Opens a version of a key for reading. */
public final class GetObject {
  /**
   * What to read.
   *
   * @param bucket where
   * @param key which key
   * @param version text of a version id, {@code null} spelt out for the null version, or null for
   *     the current version
   * @param conditions conditions of the request
   * @param ranges wanted ranges; empty for everything
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      String version,
      ReadConditions conditions,
      List<RangeSpec> ranges) {
    /** Copies the list. */
    public Command {
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * An open version; the caller closes {@code content}.
   *
   * @param info its metadata
   * @param ranges ranges to send, resolved; empty for everything
   * @param content its bytes
   */
  public record Result(ObjectInfo info, List<ByteRange> ranges, ObjectContent content) {
    /** Copies the list. */
    public Result {
      ranges = List.copyOf(ranges);
    }
  }

  private final ObjectServices services;

  /** Works on these services. */
  public GetObject(ObjectServices services) {
    this.services = services;
  }

  /** Needs object:read on the key. */
  public Result execute(Call call, Command command) {
    throw new NotImplemented("not built yet: " + services + call + command);
  }
}
