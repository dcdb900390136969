package dev.anvil.storage.volumes;

import dev.anvil.ports.testkit.BodyStoreContract;
import org.junit.jupiter.api.Tag;

/** The contract in memory, with volumes that roll often. */
@Tag("fast")
class MemoryBodyStoreTest extends BodyStoreContract<VolumeBodyStore> {
  private final Rig rig = new Rig(1);

  @Override
  protected VolumeBodyStore open() {
    return rig.open();
  }
}
