package dev.anvil.bench.watch;

import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.ServerProcess;
import java.io.IOException;
import java.net.URI;

/** Where the server is now; it moves with every restart. Safe for many threads. */
final class Site {
  /** An address with a token for it. */
  record Place(URI url, String token) {}

  private volatile Place place;

  void moved(ServerProcess server, Deployment deployment) throws IOException {
    place = new Place(server.publicUrl(), deployment.token(server.publicUrl()));
  }

  Place place() {
    return place;
  }
}
