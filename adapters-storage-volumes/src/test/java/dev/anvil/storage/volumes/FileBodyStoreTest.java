package dev.anvil.storage.volumes;

import dev.anvil.ports.testkit.BodyStoreContract;
import dev.anvil.ports.testkit.MemoryEngine;
import dev.anvil.ports.testkit.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract on real files, with background checkpoints, two lanes and few open files. */
@Tag("fast")
class FileBodyStoreTest extends BodyStoreContract<VolumeBodyStore> {
  private static final VolumeLimits LIVELY =
      new VolumeLimits(2 << 20, 2, 1024, 2, 0, 16, 16, 64, Duration.ofMillis(5));

  @TempDir Path folder;
  private final MemoryStore index = new MemoryStore("bodies/index");

  @Override
  protected VolumeBodyStore open() {
    try {
      return VolumeBodyStore.open(
          new FileDisk(folder),
          () -> MemoryEngine.open(index),
          new SplittableRandom(2),
          LIVELY,
          finding -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
