package dev.anvil.bench.space;

import dev.anvil.app.node.StorageBackend;
import dev.anvil.bench.process.DiskUse;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.waist.LocalPartitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Disk of a node that is stopped, by what lies there. An engine keeps records and journal in the
 * same files: its disk is divided as the bytes of their keys and values are.
 *
 * @param bodies volumes and their index
 * @param records everything of the partitions but the journal
 * @param journal of all partitions
 */
public record DiskShares(long bodies, long records, long journal) {
  /** Looks at the folder of a stopped node. */
  public static DiskShares of(Path data, String engine) throws IOException {
    Backend backend = StorageBackend.of(data, engine);
    long records = 0;
    long journal = 0;
    for (int n = 0; true; n++) {
      String folder = LocalPartitions.folder(new PartitionId(n));
      if (!Files.exists(data.resolve(folder))) {
        return new DiskShares(DiskUse.of(data.resolve("bodies")), records, journal);
      }
      double share = journalShare(backend, folder);
      long disk = DiskUse.of(data.resolve(folder));
      journal += Math.round(share * disk);
      records += Math.round((1 - share) * disk);
    }
  }

  private static double journalShare(Backend backend, String folder) {
    long all = 0;
    long journal = 0;
    try (Engine engine = backend.openEngine(folder);
        EngineSnapshot snapshot = engine.snapshot();
        EngineReader reader = snapshot.reader();
        EntryCursor entries = reader.scan(KeyRange.ALL, Order.ASCENDING)) {
      while (entries.next()) {
        long bytes = entries.key().length + entries.value().length;
        all += bytes;
        journal += entries.key()[0] == KeySpace.JOURNAL.prefix() ? bytes : 0;
      }
    }
    return all == 0 ? 0 : (double) journal / all;
  }
}
