package dev.anvil.bench.side;

import dev.anvil.bench.peers.AnvilContender;
import dev.anvil.bench.space.DiskShares;
import java.io.IOException;
import java.util.List;

/** What each object of 4 KiB takes on the disk of ours once a filled server has rested. */
final class QuietDisk {
  private static final double TIMES = 1.6;

  private QuietDisk() {}

  /** Stops the server, looks, and starts it again. */
  static List<Extra> run(AnvilContender server, long objects) throws IOException {
    server.stop();
    DiskShares disk = DiskShares.of(server.data(), server.engine());
    server.start();
    String name = server.name();
    double share = (double) (disk.bodies() + disk.records()) / objects / Stage.KIB_4;
    return List.of(
        new Extra(
            "after a quiet minute: bodies and records", "times the bodies", name, share, TIMES),
        each("volumes and index", name, disk.bodies(), objects),
        each("records", name, disk.records(), objects),
        each("journal", name, disk.journal(), objects));
  }

  private static Extra each(String what, String name, long bytes, long objects) {
    return new Extra(
        "after a quiet minute: " + what, "bytes an object", name, (double) bytes / objects);
  }
}
