package dev.anvil.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.waist.ArchivedSets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each file of the archive in turn is cut, changed by a bit, lost, or another one's. */
class ArchiveVerificationTest {
  private static final int SEGMENTS = 4;
  private static final SetOrder ORDER =
      new SetOrder() {
        @Override
        public PartitionHead headOf(byte[] set) {
          return ArchivedSets.headOf(set);
        }

        @Override
        public PartitionHead next(PartitionId partition, PartitionHead at, byte[] set) {
          return ArchivedSets.next(partition, at, set);
        }
      };

  private static BackupWorld world;
  private static String id;
  private static int partition;
  private static long reached;
  private static Map<String, byte[]> whole;
  private static List<ArchivePartition> duties;

  /** Segments of the bucket's partition after the snapshot, in order. */
  private static List<String> segments;

  /** Those and the packs of their bodies. */
  private static TreeSet<String> files;

  @BeforeAll
  static void archive() {
    world = new BackupWorld(true);
    duties = new ArrayList<>();
    for (int n = 0; n < BackupWorld.PARTITIONS; n++) {
      duties.add(
          new ArchivePartition(
              world.source,
              world.store,
              true,
              world.partitions.get(new PartitionId(n)),
              Meters.none()));
    }
    put(10);
    archiveAll();
    id = world.snapshot(true);
    files = new TreeSet<>(world.target.files().keySet());
    for (int segment = 1; segment <= SEGMENTS; segment++) {
      put(segment * 100);
      archiveAll();
    }
    whole = new TreeMap<>(world.target.files());
    TreeSet<String> before = files;
    files = new TreeSet<>(whole.keySet());
    files.removeAll(before);
    partition = partitionOfTheBucket();
    reached = world.store.manifest(id).partitions().get(partition).head().revision();
    segments =
        files.stream().filter(f -> f.startsWith(ArchiveSegment.prefix(1, partition))).toList();
  }

  private static int partitionOfTheBucket() {
    String segment = files.stream().filter(f -> f.startsWith("archive/")).toList().getLast();
    return ArchiveSegment.Name.of(segment).partition();
  }

  private static void put(int from) {
    for (int i = 0; i < 5; i++) {
      world.put("key-" + (from + i), BackupWorld.random(6_000, from + i));
    }
  }

  private static void archiveAll() {
    for (ArchivePartition duty : duties) {
      while (duty.step(BackupWorld.lease())) {
        assertThat(duty.archivedRevision()).isNotNegative();
      }
    }
  }

  @AfterAll
  static void close() {
    world.close();
  }

  private static ArchiveVerification.Archived verify() {
    return new ArchiveVerification(world.store, ORDER).after(id);
  }

  private static void onlyWith(String file, byte[] instead) {
    world.target.files().clear();
    world.target.files().putAll(whole);
    if (instead == null) {
      world.target.delete(file);
    } else {
      world.target.put(file, instead);
    }
  }

  private static void refusedWith(String file, byte[] instead) {
    onlyWith(file, instead);
    assertThatThrownBy(ArchiveVerificationTest::verify)
        .as(file)
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining(file)
        .hasMessageContaining("snapshot " + id + " is whole");
  }

  @Test
  void theWholeOneIsReadToItsLastByte() {
    onlyWith(segments.getFirst(), whole.get(segments.getFirst()));
    ArchiveVerification.Archived a = verify();
    assertThat(segments).hasSize(SEGMENTS);
    assertThat(files).anyMatch(f -> f.startsWith("packs/"));
    assertThat(a.holes()).isEmpty();
    assertThat(a.files()).isEqualTo(files.size());
    assertThat(a.bytes()).isEqualTo(files.stream().mapToLong(f -> whole.get(f).length).sum());
    assertThat(a.sets()).isGreaterThanOrEqualTo(duties.get(partition).archivedRevision() - reached);
  }

  @Test
  void truncated() {
    for (String file : files) {
      byte[] bytes = whole.get(file);
      refusedWith(file, Arrays.copyOf(bytes, bytes.length - 1));
      refusedWith(file, Arrays.copyOf(bytes, bytes.length / 2));
      refusedWith(file, new byte[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void oneBitFlipped(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (String file : files) {
      byte[] damaged = whole.get(file).clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      refusedWith(file, damaged);
    }
  }

  @Test
  void swapped() {
    for (String file : files) {
      String folder = file.substring(0, file.indexOf('/') + 1);
      String other =
          files.stream().filter(f -> f.startsWith(folder) && !f.equals(file)).findFirst().get();
      refusedWith(file, whole.get(other));
    }
  }

  @Test
  void packsThatAreMissing() {
    files.stream().filter(f -> f.startsWith("packs/")).forEach(f -> refusedWith(f, null));
  }

  @Test
  void segmentsThatAreMissingAreToldByTheirRevisions() {
    for (int i = 0; i < SEGMENTS - 1; i++) {
      onlyWith(segments.get(i), null);
      ArchiveSegment.Name gone = ArchiveSegment.Name.of(segments.get(i));
      assertThat(verify().holes())
          .singleElement()
          .asString()
          .contains(
              "partition " + partition + ":",
              Math.max(gone.first(), reached + 1) + " to " + gone.last(),
              "before " + segments.get(i + 1));
    }
  }

  @Test
  void onlyTheNodeKnowsThatTheEndIsMissing() {
    onlyWith(segments.getLast(), null);
    ArchiveSegment.Name gone = ArchiveSegment.Name.of(segments.getLast());
    assertThat(verify().holes()).isEmpty();
    assertThat(
            new ArchiveVerification(world.store, ORDER, n -> duties.get(n).archivedRevision())
                .after(id)
                .holes())
        .singleElement()
        .asString()
        .contains(gone.first() + " to " + gone.last(), "at the end");
  }

  @Test
  void aSegmentOfAnotherHistoryDoesNotGoOn() {
    onlyWith(segments.getFirst(), whole.get(segments.getFirst()));
    String name = segments.get(1);
    ArchiveSegment real = ArchiveReader.segment(world.store, name);
    ArchiveSegment first = ArchiveReader.segment(world.store, segments.getFirst());
    ArchiveSegment forged =
        new ArchiveSegment(
            real.incarnation(),
            real.partition(),
            real.first(),
            real.last(),
            real.boot(),
            real.sealKeyId(),
            first.sets(),
            first.bodies());
    refusedWith(name, forged.encode(world.store.signer()));
  }

  @Test
  void whatIsBeforeTheSnapshotOrOfAnotherLifeDoesNotMatter() {
    onlyWith(segments.getFirst(), whole.get(segments.getFirst()));
    world.target.put(
        ArchiveSegment.prefix(1, partition) + "%016x-%016x".formatted(0, 0), new byte[1]);
    world.target.put(
        ArchiveSegment.prefix(2, partition) + "%016x-%016x".formatted(900, 901), new byte[1]);
    assertThat(verify().holes()).isEmpty();
  }
}
