package dev.anvil.app.cli;

import dev.anvil.app.logs.ConsoleLog;
import dev.anvil.app.node.HeapCare;
import dev.anvil.app.node.Node;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.settings.Settings;

/** A node on the real engine of its settings, in a process of its own. */
final class NodeStart {
  private NodeStart() {}

  static Node start(Settings settings) {
    ConsoleLog.configure(settings.log());
    Node node = Node.start(settings, StorageBackend.of(settings));
    HeapCare.begin();
    return node;
  }
}
