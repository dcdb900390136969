package dev.anvil.app.node;

import dev.anvil.app.settings.EdgeSettings;
import dev.anvil.http.settings.HttpSettings;
import dev.anvil.http.tls.TlsFiles;

/** How the listeners speak: TLS if there is a certificate, plain HTTP where that is allowed. */
final class ListenerTls {
  private ListenerTls() {}

  static HttpSettings.Security of(EdgeSettings edge) {
    return new HttpSettings.Security(
        edge.tls().map(f -> new TlsFiles(f.certificate(), f.key())),
        edge.publicPlain(),
        edge.managementPlain());
  }
}
