package dev.anvil.objects;

import dev.anvil.journal.BodyReferences;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.record.KeySpace;
import java.util.function.Consumer;

/** Bodies that no version names any more and that the sweep has yet to free. */
public final class DeadBodies implements BodyReferences {
  @Override
  public void of(byte[] key, byte[] value, Consumer<BodyId> named) {
    if ((key[0] & 0xFF) == KeySpace.GARBAGE.prefix()
        && Garbage.decode(Garbage.kind(key), value) instanceof Garbage.Dead d) {
      d.bodies().forEach(named);
    }
  }
}
