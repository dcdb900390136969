package dev.anvil.app.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.app.home.HomeException;
import dev.anvil.app.home.StorageHome;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.waist.Incidents;
import dev.anvil.waist.LocalPartitions;
import dev.anvil.waist.WaistRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineMigrationTest {
  private static final int PARTITIONS = 3;
  private static final int KEYS = 500;

  @TempDir private Path root;

  private StorageHome home(String engine) throws IOException {
    Backend backend = StorageBackend.of(root, engine);
    return StorageHome.open(
        backend.disk(),
        root.toString(),
        new StorageHome.Wish(PARTITIONS, engine),
        InstantSource.system(),
        new Random(1));
  }

  private LocalPartitions open(String engine) {
    WaistRuntime runtime =
        new WaistRuntime(
            Thread.ofPlatform().factory(),
            System::nanoTime,
            InstantSource.system(),
            Meters.none(),
            Incidents.none());
    return LocalPartitions.open(StorageBackend.of(root, engine), PARTITIONS, runtime);
  }

  private static byte[] key(int n) {
    return new KeyWriter(KeySpace.OPERATIONS).u32(n).toBytes();
  }

  private PartitionHead[] fill() throws IOException {
    PartitionHead[] heads = new PartitionHead[PARTITIONS];
    try (StorageHome home = home("xodus");
        LocalPartitions partitions = open("xodus")) {
      assertThat(home.identity().partitions()).isEqualTo(PARTITIONS);
      for (int p = 0; p < PARTITIONS; p++) {
        Partition partition = partitions.get(new PartitionId(p));
        for (int n = 0; n < KEYS; n++) {
          byte[] value = (p + "/" + n).getBytes(UTF_8);
          byte[] key = key(n);
          partition.write(tx -> {
            tx.put(key, value);
            return null;
          });
        }
        heads[p] = partition.head();
      }
    }
    return heads;
  }

  private void check(String engine, PartitionHead[] heads) throws IOException {
    try (StorageHome home = home(engine);
        LocalPartitions partitions = open(engine)) {
      assertThat(home.identity().engine()).isEqualTo(engine);
      for (int p = 0; p < PARTITIONS; p++) {
        Partition partition = partitions.get(new PartitionId(p));
        assertThat(partition.head()).isEqualTo(heads[p]);
        for (int n = 0; n < KEYS; n++) {
          byte[] key = key(n);
          byte[] found = partition.read(tx -> tx.get(key));
          assertThat(new String(found, UTF_8)).isEqualTo(p + "/" + n);
        }
      }
    }
    assertThat(root.resolve("migrate")).doesNotExist();
  }

  private long migrate(String target) throws IOException {
    return new EngineMigration(root, target, step -> {}).run();
  }

  @Test
  void thereAndBackAgainIsTheSame() throws IOException {
    PartitionHead[] heads = fill();
    assertThat(migrate("rocksdb")).isGreaterThanOrEqualTo(PARTITIONS * KEYS);
    check("rocksdb", heads);
    assertThat(migrate("rocksdb")).isZero();
    migrate("xodus");
    check("xodus", heads);
  }

  @Test
  void aRunThatBrokeOffWhileCopyingIsFinished() throws IOException {
    PartitionHead[] heads = fill();
    for (int cut = 0; cut < PARTITIONS; cut++) {
      int[] left = {cut};
      assertThatThrownBy(() ->
              new EngineMigration(
                      root,
                      "rocksdb",
                      step -> {
                        if (left[0]-- == 0) {
                          throw new IllegalStateException("power cut");
                        }
                      })
                  .run())
          .hasMessage("power cut");
      assertThatThrownBy(() -> home("xodus"))
          .isInstanceOf(HomeException.class)
          .hasMessageContaining("anvil engine migrate --to rocksdb");
    }
    migrate("rocksdb");
    check("rocksdb", heads);
  }

  @Test
  void aRunThatBrokeOffWhileSwitchingIsFinished() throws IOException {
    PartitionHead[] heads = fill();
    assertThatThrownBy(() ->
            new EngineMigration(
                    root,
                    "rocksdb",
                    step -> {
                      if (step.startsWith("partition " + (PARTITIONS - 1))) {
                        throw new IllegalStateException("power cut");
                      }
                    })
                .run())
        .hasMessage("power cut");
    Path migrate = root.resolve("migrate/rocksdb");
    Files.writeString(migrate.resolve("switching"), "");
    Files.createDirectories(migrate.resolve("old"));
    Files.move(root.resolve("partitions"), migrate.resolve("old/partitions"));
    assertThatThrownBy(() -> home("xodus")).isInstanceOf(HomeException.class);
    migrate("rocksdb");
    check("rocksdb", heads);
  }

  @Test
  void aNodeInUseIsNotMoved() throws IOException {
    fill();
    try (StorageHome home = home("xodus")) {
      assertThat(home.boot().count()).isPositive();
      assertThatThrownBy(() -> migrate("rocksdb")).hasMessageContaining("in use");
    }
  }
}
