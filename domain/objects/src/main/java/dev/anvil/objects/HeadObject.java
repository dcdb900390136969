package dev.anvil.objects;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ByteRange;
import dev.anvil.kernel.ObjectKey;
import java.util.List;

/** Reads metadata of a version of a key. */
public final class HeadObject {
  /**
   * What to look at; as in {@link GetObject.Command}.
   *
   * @param bucket where
   * @param key which key
   * @param version text of a version id, or null for the current version
   * @param conditions conditions of the request
   * @param ranges wanted ranges; empty for everything
   * @param part number of the one part wanted, then without ranges; 0 for none
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      String version,
      ReadConditions conditions,
      List<RangeSpec> ranges,
      int part) {
    /** Copies the list. */
    public Command {
      ranges = List.copyOf(ranges);
    }

    /** Without a part. */
    public Command(
        BucketName bucket,
        ObjectKey key,
        String version,
        ReadConditions conditions,
        List<RangeSpec> ranges) {
      this(bucket, key, version, conditions, ranges, 0);
    }
  }

  /** What a read would send. */
  public record Result(ObjectInfo info, List<ByteRange> ranges) {
    /** Copies the list. */
    public Result {
      ranges = List.copyOf(ranges);
    }
  }

  private final ObjectServices services;

  /** Works on these services. */
  public HeadObject(ObjectServices services) {
    this.services = services;
  }

  /** Needs object:read on the key. */
  public Result execute(Call call, Command command) {
    ReadRight right =
        ReadRight.of(services, call, command.bucket(), command.key(), command.version());
    BucketRef bucket = right.bucket();
    Looks looks =
        right.looking(() ->
            services
                .partitions()
                .get(bucket.partition())
                .read(tx -> Looks.at(tx, bucket, command.key(), command.version())));
    right.confirm(looks.record());
    command.conditions().check(looks.record());
    return new Result(
        looks.info(bucket.partition().number()),
        command.part() == 0
            ? command.conditions().ranges(command.ranges(), looks.record())
            : List.of(
                PartRanges.of(
                    looks.record(),
                    services.partitions().get(bucket.partition()),
                    command.part())));
  }
}
