package dev.anvil.app.node;

import dev.anvil.http.telemetry.Inspection;
import dev.anvil.operations.CapacitySamples;
import dev.anvil.ports.bodies.BodyStats;
import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What each family of resources takes of the disk, and how it grows. */
final class CapacityMeter {
  /** What a journal entry takes, about. */
  private static final long ENTRY_BYTES = 256;

  private static final Duration TOO_SOON = Duration.ofMinutes(10);
  private static final long NOT_BUILT = -1;

  /** In the order of stored samples: new families are added at the end. */
  enum Family {
    BODIES("object bodies", "bodies and multipart parts in volumes, garbage included", true),
    ENGINES("metadata and paths", "engines of all partitions: records, tuples, journal", true),
    JOURNAL("watch logs", "estimated, 256 bytes an entry; part of the engines", false),
    LOGS("logs", "files below logs/, at most 1 GiB", true);

    private final String text;
    private final String note;
    private final boolean counted;

    Family(String text, String note, boolean counted) {
      this.text = text;
      this.note = note;
      this.counted = counted;
    }

    /** Whether it adds to what fills the disk, and is no part of another. */
    boolean counted() {
      return counted;
    }
  }

  private static final List<Inspection.Family> LATER =
      List.of(
          new Inspection.Family("full text", NOT_BUILT, 0, "not built"),
          new Inspection.Family("vectors", NOT_BUILT, 0, "not built"),
          new Inspection.Family("PersonalDB", NOT_BUILT, 0, "not built"));

  private final NodeStores stores;
  private final Disk disk;
  private final Path logs;
  private final InstantSource clock;
  private final CapacitySamples samples;

  CapacityMeter(NodeStores stores, Disk disk, Path logs, InstantSource clock) {
    this.stores = stores;
    this.disk = disk;
    this.logs = logs;
    this.clock = clock;
    this.samples = new CapacitySamples(stores.partitions().directory());
  }

  /** Bytes of a family now. */
  long bytes(Family family) {
    return switch (family) {
      case BODIES -> {
        BodyStats stats = stores.bodies().stats();
        yield stats.liveBytes() + stats.garbageBytes();
      }
      case ENGINES -> partitions().stream().mapToLong(p -> p.stats().engine().diskBytes()).sum();
      case JOURNAL -> partitions().stream().mapToLong(p -> retained(p.head())).sum() * ENTRY_BYTES;
      case LOGS -> logBytes();
    };
  }

  private static long retained(PartitionHead head) {
    return head.cursor() - head.oldest() + 1;
  }

  private List<Partition> partitions() {
    List<Partition> all = new ArrayList<>();
    for (int n = 0; n < stores.partitions().count(); n++) {
      all.add(stores.partitions().get(new PartitionId(n)));
    }
    return all;
  }

  private long logBytes() {
    try (Stream<Path> files = Files.list(logs)) {
      long sum = 0;
      for (Path file : files.toList()) {
        sum += Files.exists(file) ? Files.size(file) : 0;
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException("the logs cannot be measured", e);
    }
  }

  /** Room on the storage path. */
  long freeBytes() {
    try {
      return disk.freeBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the room on the storage path cannot be measured", e);
    }
  }

  /** Keeps what is used now. */
  void sample() {
    List<Long> bytes = Stream.of(Family.values()).map(this::bytes).toList();
    samples.keep(new CapacitySamples.Sample(clock.instant(), bytes));
  }

  Inspection.Capacity capacity() {
    Instant now = clock.instant();
    List<CapacitySamples.Sample> kept = samples.list();
    CapacitySamples.Sample first = kept.isEmpty() ? null : kept.getFirst();
    Instant since = first == null ? now : first.at();
    List<Inspection.Family> families = new ArrayList<>();
    long growth = 0;
    for (Family family : Family.values()) {
      long bytes = bytes(family);
      long daily = growth(family, bytes, first, Duration.between(since, now));
      growth += family.counted() ? daily : 0;
      families.add(new Inspection.Family(family.text, bytes, daily, family.note));
    }
    families.addAll(LATER);
    long free = freeBytes();
    return new Inspection.Capacity(since, free, growth <= 0 ? -1 : free / growth, families);
  }

  private static long growth(
      Family family, long bytes, CapacitySamples.Sample first, Duration time) {
    if (first == null || first.bytes().size() <= family.ordinal() || time.compareTo(TOO_SOON) < 0) {
      return 0;
    }
    double days = time.toSeconds() / (double) Duration.ofDays(1).toSeconds();
    return Math.round((bytes - first.bytes().get(family.ordinal())) / days);
  }
}
