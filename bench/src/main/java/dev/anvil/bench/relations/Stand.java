package dev.anvil.bench.relations;

import dev.anvil.bench.authz.PeerShape;
import dev.anvil.bench.replay.ClosedLoop;
import dev.anvil.bench.replay.Loader;
import dev.anvil.bench.replay.Magazine;
import dev.anvil.bench.replay.Shot;
import dev.anvil.bench.replay.Volley;
import dev.anvil.bench.wire.RawHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A server with the data on it. */
final class Stand {
  /** Tuples of one write while the data are loaded, for all servers alike. */
  private static final int LOADED_AT_ONCE = 400;

  private static final int LOADERS = 4;
  private static final int WRITES_AT_ONCE = 200;
  private static final Duration LOAD_BOUND = Duration.ofMinutes(3);
  private static final Duration CALL_BOUND = Duration.ofSeconds(90);

  private final RelationServer server;
  private final SplittableRandom random;
  private final List<Shot> pending = new ArrayList<>();
  private final Map<String, Relation> batch = new LinkedHashMap<>();
  private int loaded;
  private double loadSeconds;
  private double bytesEach;
  private RelationServer.Space space;
  private long written;

  Stand(RelationServer server, long seed) {
    this.server = server;
    this.random = new SplittableRandom(seed);
  }

  RelationServer server() {
    return server;
  }

  SplittableRandom random() {
    return random;
  }

  int loaded() {
    return loaded;
  }

  double loadSeconds() {
    return loadSeconds;
  }

  /** Data and indexes for each tuple loaded; the log beside them is in {@link #space}. */
  double bytesEach() {
    return bytesEach;
  }

  RelationServer.Space space() {
    return space;
  }

  RawHttp connect() {
    return new RawHttp(server.endpoint(), CALL_BOUND);
  }

  /** Starts it and loads all. */
  void prepare(PeerShape shape) throws IOException {
    server.start();
    RelationServer.Space empty = server.space();
    try (RawHttp http = connect()) {
      server.talk().schema(http);
    }
    long began = System.nanoTime();
    load(shape::each);
    load(shape::eachOfLists);
    loadSeconds = (System.nanoTime() - began) / 1e9;
    try (RawHttp http = connect()) {
      server.talk().settled(http);
    }
    space = server.space();
    bytesEach = (space.data() - empty.data()) / (double) loaded;
  }

  private void load(Consumer<Consumer<String>> tuples) throws IOException {
    List<IOException> failures = new ArrayList<>();
    tuples.accept(text -> {
      batch.put(text, Relation.parse(text));
      if (batch.size() == LOADED_AT_ONCE) {
        flush(WRITES_AT_ONCE, failures);
      }
    });
    flush(1, failures);
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private void flush(int atOnce, List<IOException> failures) {
    if (!batch.isEmpty()) {
      loaded += batch.size();
      pending.add(
          Loader.whole(server.endpoint(), server.talk().write(List.copyOf(batch.values()))));
      batch.clear();
    }
    if (pending.size() < atOnce || !failures.isEmpty()) {
      return;
    }
    try {
      Volley volley =
          new ClosedLoop(server.endpoint(), LOADERS).run(Magazine.once(pending), LOAD_BOUND);
      if (volley.operations() != pending.size()) {
        throw new IOException("a write failed while loading: " + volley.firstFailure());
      }
    } catch (IOException e) {
      failures.add(e);
    }
    pending.clear();
  }

  /** So many tuples that nobody has written before. */
  List<Relation> fresh(int count) {
    List<Relation> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(fresh("w" + written++));
    }
    return all;
  }

  /** The tuple of a new document of that name. */
  Relation fresh(String document) {
    return new Relation(
        "document",
        document,
        "owner",
        "user",
        Integer.toString(random.nextInt(10_000)),
        null,
        null);
  }
}
