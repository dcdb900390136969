package dev.anvil.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.home.StorageHome;
import dev.anvil.app.logs.LogStreams;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.http.telemetry.PrometheusMeters;
import dev.anvil.identity.AdminCredential;
import dev.anvil.ports.storage.EngineStats;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.testkit.Drafts;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.Waiting;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start reads does not grow with what is stored; what does grow begins after it. */
class StartCostsTest {
  private static final int FEW = 1_000;
  private static final int MANY = 20_000;
  private static final int GROUP = 500;
  private static final PartitionId FULL = new PartitionId(1);

  @TempDir private Path folder;

  @Test
  void aStartReadsNoMoreOfAFullStoreAndItsDutiesReadItLater() throws Exception {
    long few = reads(FEW);
    assertThat(few).as("something is read").isPositive();
    assertThat(reads(MANY)).as("reads of a start with %d objects", MANY).isEqualTo(few);
  }

  /** Starts a node's parts on a store with so many entries, and counts reads before its duties. */
  private long reads(int entries) throws Exception {
    MemoryBackend backend = new MemoryBackend();
    try (Parts first = new Parts(backend)) {
      fill(first.stores.partitions().get(FULL), entries);
    }
    try (Parts again = new Parts(backend)) {
      NodeUpkeep upkeep = again.upkeep();
      long before = again.reads();
      upkeep.begin();
      Waiting.until("the duties read what is stored", () -> again.reads() - before >= FEW);
      return before;
    }
  }

  private static void fill(Partition partition, int entries) {
    for (int from = 0; from < entries; from += GROUP) {
      int first = from;
      partition.write(
          new WriteBounds(GROUP, GROUP * 64),
          tx -> {
            for (int n = first; n < first + GROUP; n++) {
              // a prefix of nobody: read by the scrub of records alone
              tx.put(ByteBuffer.allocate(5).put((byte) 0x7f).putInt(n).array(), new byte[16]);
              tx.append(Drafts.of("object.put", "object " + n));
            }
            return null;
          });
    }
  }

  /** What stands between an empty process and its listeners. */
  private final class Parts implements AutoCloseable {
    private final Unwinding opened = new Unwinding();
    private final NodeTime time = NodeTime.ofThisProcess();
    private final PrometheusMeters meters = new PrometheusMeters(true);
    private final MemoryBackend backend;
    private final Settings settings;
    private final StorageHome home;
    private final NodeStores stores;

    Parts(MemoryBackend backend) {
      this.backend = backend;
      settings =
          Settings.of(
              new SettingsSources()
                  .set("STORAGE_PATH", folder.toString(), "test")
                  .set("PARTITIONS", "2", "test"));
      StorageHome.Wish wish = new StorageHome.Wish(settings.partitions(), backend.engineName());
      home =
          opened.add(StorageHome.open(backend.disk(), "test", wish, time.clock(), time.random()));
      stores = opened.add(NodeStores.open(backend, home, time, meters, false));
    }

    NodeUpkeep upkeep() throws Exception {
      LogStreams logs = opened.add(LogStreams.open(folder.resolve("logs")));
      NodeSecrets secrets =
          NodeSecrets.load(
              backend.disk(),
              settings,
              time.random(),
              () -> AdminCredential.generate(time.random()).text());
      NodeCluster cluster = opened.add(NodeCluster.join(settings, home, secrets, time));
      NodeParts parts = NodeParts.of(settings, home, secrets, stores, time, meters);
      NodeHealth health = NodeProbes.over(settings, backend.disk(), stores, parts, time);
      CapacityMeter capacity =
          new CapacityMeter(stores, backend.disk(), logs.folder(), time.clock());
      return opened.add(
          NodeUpkeep.start(settings, cluster, stores, parts, health, capacity, time, meters));
    }

    long reads() {
      long sum = 0;
      for (int n = 0; n < stores.partitions().count(); n++) {
        EngineStats of = stores.partitions().get(new PartitionId(n)).stats().engine();
        sum += of.gets() + of.scanned();
      }
      return sum;
    }

    @Override
    public void close() {
      opened.unwind(null);
    }
  }
}
