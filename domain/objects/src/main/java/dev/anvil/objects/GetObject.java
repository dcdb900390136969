package dev.anvil.objects;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ByteRange;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.storage.Partition;
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
    ReadRight right =
        ReadRight.of(services, call, command.bucket(), command.key(), command.version());
    BucketRef bucket = right.bucket();
    Opened opened = right.looking(() -> open(bucket, command.key(), command.version()));
    try {
      right.confirm(opened.looks().record());
      VersionRecord version = opened.looks().record();
      command.conditions().check(version);
      return new Result(
          opened.looks().info(bucket.partition().number()),
          command.part() == 0
              ? command.conditions().ranges(command.ranges(), version)
              : List.of(
                  PartRanges.of(
                      version, services.partitions().get(bucket.partition()), command.part())),
          opened.content());
    } catch (RuntimeException e) {
      opened.content().close();
      throw e;
    }
  }

  /** A version and its bytes, which the caller closes. */
  record Opened(Looks looks, ObjectContent content) {}

  private Opened open(BucketRef bucket, ObjectKey key, String version) {
    Partition partition = services.partitions().get(bucket.partition());
    try (ReadPins.Opening _ = services.pins().open(partition)) {
      Seen seen =
          partition.read(tx -> {
            Looks looks = Looks.at(tx, bucket, key, version);
            return new Seen(looks, VersionContent.inline(tx, looks.record()));
          });
      return new Opened(
          seen.looks(),
          new VersionContent(services, partition, seen.looks().record(), seen.inline()));
    }
  }

  private record Seen(Looks looks, byte[] inline) {}
}
