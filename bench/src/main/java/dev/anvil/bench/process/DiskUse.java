package dev.anvil.bench.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Space that a folder takes. */
public final class DiskUse {
  private DiskUse() {}

  /** Bytes of allocated blocks of everything below a folder. */
  public static long of(Path folder) throws IOException {
    return du("-sB1", folder);
  }

  /** Lengths of all files below a folder: what was reserved and not written yet does not count. */
  public static long written(Path folder) throws IOException {
    return du("-sb", folder);
  }

  private static long du(String how, Path folder) throws IOException {
    String said = Shell.run(List.of("du", how, folder.toString()));
    return Long.parseLong(said.strip().split("\\s")[0]);
  }
}
