package dev.anvil.bench.crash;

import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** The things that the clients of a crash run work on. */
final class Scene {
  static final String PLAIN = "crash-plain";
  static final String VERSIONED = "crash-versions";
  static final int SHARED_KEYS = 6;
  static final int VERSIONED_KEYS = 3;
  static final int MANIFESTS = 2;
  static final int STREAMS = 2;

  private Scene() {}

  static void create(Client client) throws IOException {
    client.expect(Calls.createBucket(PLAIN, "unversioned"));
    client.expect(Calls.createBucket(VERSIONED, "enabled"));
    for (String stream : streams()) {
      client.expect(Calls.createStream(PLAIN, stream));
    }
  }

  static List<String> streams() {
    return IntStream.range(0, STREAMS).mapToObj(i -> "stream/" + i).toList();
  }

  static Request read(Ledger.Place place) {
    return switch (place.kind()) {
      case PLAIN -> Calls.get(PLAIN, place.name());
      case VERSIONED -> Calls.get(VERSIONED, place.name());
      case MANIFEST -> Calls.getManifest(PLAIN, place.name());
    };
  }
}
