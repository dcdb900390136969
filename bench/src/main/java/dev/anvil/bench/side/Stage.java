package dev.anvil.bench.side;

import dev.anvil.bench.peers.AnvilContender;
import dev.anvil.bench.peers.Contender;
import dev.anvil.bench.replay.ClosedLoop;
import dev.anvil.bench.replay.Loader;
import dev.anvil.bench.replay.Magazine;
import dev.anvil.bench.replay.Shot;
import dev.anvil.bench.replay.Volley;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import dev.anvil.bench.wire.Signature4;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** One server and what has been put on it so far. */
public final class Stage {
  /** The bucket that is filled before and read and listed afterwards. */
  public static final String SMALL = "small";

  /** The bucket that keeps versions. */
  static final String VERSIONED = "versioned";

  public static final int KIB_4 = 4096;
  private static final int FILL_CLIENTS = 16;
  private static final int BATCH = 5_000;
  private static final Duration FILL_BOUND = Duration.ofMinutes(5);
  private static final Duration CALL_BOUND = Duration.ofSeconds(60);

  private final Contender contender;
  private final RandomGenerator random;
  private final Map<String, Space> spaces = new ConcurrentHashMap<>();

  /** Of a server; everything random comes from the seed. */
  public Stage(Contender contender, long seed) {
    this.contender = contender;
    this.random = new SplittableRandom(seed);
  }

  /** The server. */
  public Contender contender() {
    return contender;
  }

  /** Where chance comes from. */
  public RandomGenerator random() {
    return random;
  }

  /** Signs afresh. */
  public Loader signed() {
    return Loader.signed(contender.endpoint(), contender.accessKey(), contender.secret());
  }

  /** Requests of the native API, ours alone. */
  Loader bearer() throws IOException {
    return Loader.bearer(contender.endpoint(), ((AnvilContender) contender).token());
  }

  /** The space of that name; its bucket is made when it is first asked for. */
  public Space space(String bucket, int bytes) throws IOException {
    Space space = spaces.get(bucket);
    if (space == null) {
      expect(Request.of("PUT", "/" + bucket));
      space = new Space(bucket, bytes);
      spaces.put(bucket, space);
    }
    return space;
  }

  /** Makes a space known under a name of its own; its bucket is there. */
  public void adopt(String name, Space space) {
    spaces.put(name, space);
  }

  /** One signed request that must succeed. */
  public Answer expect(Request request) throws IOException {
    try (RawHttp http = new RawHttp(contender.endpoint(), CALL_BOUND)) {
      return expect(http, request);
    }
  }

  /** The same on a connection that stays. */
  Answer expect(RawHttp http, Request request) throws IOException {
    Signature4 signature =
        new Signature4(contender.endpoint(), contender.accessKey(), contender.secret());
    Answer answer = http.send(signature.sign(request));
    if (!answer.ok()) {
      throw new IOException(request.method() + " " + request.target() + ": " + answer);
    }
    return answer;
  }

  /** How many objects lie on it. */
  long objects() {
    return spaces.values().stream().mapToLong(s -> s.made() - s.deleted()).sum();
  }

  /** Puts so many more objects into a space. */
  public void fill(Space space, int count) throws IOException {
    fill(space, count, System.nanoTime() + FILL_BOUND.toNanos());
  }

  /** The same; between two batches it looks whether the time is over. */
  void fill(Space space, int count, long endNanos) throws IOException {
    for (int done = 0; done < count && System.nanoTime() < endNanos; done += BATCH) {
      Loader loader = signed();
      List<Shot> shots = new ArrayList<>();
      for (int i = done; i < Math.min(count, done + BATCH); i++) {
        long n = space.made() + shots.size();
        shots.add(loader.put(space.path(n), space.template(), n));
      }
      all(shots);
      space.wrote(shots.size());
    }
  }

  /** Sends all of them, unmeasured. */
  public void all(List<Shot> shots) throws IOException {
    Volley volley =
        new ClosedLoop(contender.endpoint(), Math.min(FILL_CLIENTS, Math.max(1, shots.size())))
            .run(Magazine.once(shots), FILL_BOUND);
    if (volley.operations() != shots.size()) {
      throw new IOException(
          contender.name()
              + " did "
              + volley.operations()
              + " of "
              + shots.size()
              + " requests: "
              + volley.firstFailure());
    }
  }
}
