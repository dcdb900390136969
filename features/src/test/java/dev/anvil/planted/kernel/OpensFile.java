package dev.anvil.planted.kernel;

import java.nio.file.Files;
import java.nio.file.Path;

/** Leaves the process without a port. */
public final class OpensFile {
  public boolean there(String name) {
    return Files.exists(Path.of(name));
  }
}
