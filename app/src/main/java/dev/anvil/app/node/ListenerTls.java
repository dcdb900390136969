package dev.anvil.app.node;

import dev.anvil.app.settings.EdgeSettings;
import dev.anvil.http.settings.TlsFiles;

/** Which listener speaks TLS: the public one if it can, the management one beyond loopback. */
final class ListenerTls {
  private ListenerTls() {}

  static TlsFiles ofPublic(EdgeSettings edge) {
    return edge.tls().map(f -> new TlsFiles(f.certificate(), f.key())).orElse(null);
  }

  static TlsFiles ofManagement(EdgeSettings edge) {
    return edge.management().loopback() ? null : ofPublic(edge);
  }
}
