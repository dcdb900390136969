package dev.anvil.storage.xodus;

import dev.anvil.ports.testkit.Committer;
import java.nio.file.Path;

/** A process of its own that writes numbered commits until it is killed. */
final class Child {
  private Child() {}

  /** Folder, how many commits go unsynced before each sync, number of the first commit. */
  public static void main(String[] args) {
    Committer.run(XodusEngine.open(Path.of(args[0]), XodusOptions.defaults()), System.out, args);
  }
}
