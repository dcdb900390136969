package dev.anvil.journal;

import dev.anvil.ports.bodies.BodyId;
import java.util.function.Consumer;

/** Which stored bodies a subject's records name; what backup and repair need to know of it. */
public interface BodyReferences {
  /**
   * Tells the body ids that the record names; nothing if it is not one of the subject's that name
   * any.
   *
   * @throws dev.anvil.ports.failure.Corrupt if the record is the subject's and cannot be read
   */
  void of(byte[] key, byte[] value, Consumer<BodyId> named);
}
