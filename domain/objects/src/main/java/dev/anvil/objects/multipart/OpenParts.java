package dev.anvil.objects.multipart;

import dev.anvil.objects.CountedBodies;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.storage.Partition;
import java.util.function.Consumer;

/** Parts of open uploads hold a reference; those of ended ones have given theirs to the version. */
public final class OpenParts implements CountedBodies {
  @Override
  public void of(Partition partition, byte[] key, byte[] value, Consumer<BodyId> counted) {
    if (!UploadKeys.isPart(key)) {
      return;
    }
    byte[] state = UploadKeys.state(UploadKeys.number(key));
    if (partition.read(tx -> tx.get(state)) != null) {
      counted.accept(PartRecord.of(1, value).part().body());
    }
  }
}
