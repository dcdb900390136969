package dev.anvil.objects;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.storage.Partition;
import java.util.function.Consumer;

/** Records beside versions whose naming of a body counts as a reference to it. */
public interface CountedBodies {
  /** Tells the bodies to which the record holds a reference; nothing for records of others. */
  void of(Partition partition, byte[] key, byte[] value, Consumer<BodyId> counted);
}
