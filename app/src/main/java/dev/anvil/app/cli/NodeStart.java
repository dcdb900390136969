package dev.anvil.app.cli;

import dev.anvil.app.logs.ConsoleLog;
import dev.anvil.app.node.Node;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.settings.Settings;

/** A node on the real engine of its settings. */
final class NodeStart {
  private NodeStart() {}

  static Node start(Settings settings) {
    ConsoleLog.configure(settings.log());
    return Node.start(settings, StorageBackend.of(settings));
  }
}
