package dev.anvil.objects.multipart;

import dev.anvil.journal.BodyReferences;
import dev.anvil.ports.bodies.BodyId;
import java.util.function.Consumer;

/** Bodies that parts of open uploads name. */
public final class PartBodies implements BodyReferences {
  @Override
  public void of(byte[] key, byte[] value, Consumer<BodyId> named) {
    if (UploadKeys.isPart(key)) {
      named.accept(PartRecord.of(1, value).part().body());
    }
  }
}
