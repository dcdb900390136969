package dev.anvil.planted.kernel;

import java.util.UUID;
import java.util.function.Supplier;

/** Makes its own names, by method reference to be harder to find. */
public final class RollsDice {
  public Supplier<UUID> names() {
    return UUID::randomUUID;
  }
}
