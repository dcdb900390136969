package dev.anvil.bench.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Space that a folder takes. */
public final class DiskUse {
  private DiskUse() {}

  /** Bytes of allocated blocks of everything below a folder. */
  public static long of(Path folder) throws IOException {
    String said = Shell.run(List.of("du", "-sB1", folder.toString()));
    return Long.parseLong(said.strip().split("\\s")[0]);
  }
}
