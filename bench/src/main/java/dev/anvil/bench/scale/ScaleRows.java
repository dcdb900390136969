package dev.anvil.bench.scale;

import dev.anvil.bench.replay.Loader;
import dev.anvil.bench.replay.Magazine;
import dev.anvil.bench.replay.Shot;
import dev.anvil.bench.side.Listings;
import dev.anvil.bench.side.ObjectShots;
import dev.anvil.bench.side.ObjectShots.Api;
import dev.anvil.bench.side.Row;
import dev.anvil.bench.side.Row.Driven;
import dev.anvil.bench.side.Row.Need;
import dev.anvil.bench.side.Row.Replayed;
import dev.anvil.bench.side.Space;
import dev.anvil.bench.side.Stage;
import java.util.ArrayList;
import java.util.List;

/** The operations of the study; writes are of new keys among those that are there. */
final class ScaleRows {
  /** Name of the space of new objects in the filled bucket. */
  static final String NEW = "new";

  /** Where the numbers of new objects begin. */
  static final long NEW_FROM = 1L << 31;

  static final String PUT = "PUT";
  static final String GET = "GET";
  static final String HEAD = "HEAD";
  static final String LIST = "LIST page";
  static final String DELETE = "DELETE";

  /** In the order in which they run: what writes comes last. */
  static final List<String> OPERATIONS = List.of(GET, HEAD, LIST, PUT, DELETE);

  // enough that no cache holds what they read because they read it a moment before
  private static final int READS = 32_768;
  private static final int WARM = 2_000;
  private static final int MOST = 100_000;

  private ScaleRows() {}

  /**
   * An operation by a number of clients.
   *
   * @param large objects of 4 KiB there are: the numbers below it; what is read with its body
   * @param all objects there are
   */
  static Row of(String operation, int clients, long large, long all) {
    int body = Stage.KIB_4;
    return switch (operation) {
      case GET -> replayed(GET, clients, reads(GET, large, body));
      case HEAD -> replayed(HEAD, clients, reads(HEAD, all, -1));
      case PUT -> replayed(PUT, clients, puts(false));
      case DELETE -> replayed(DELETE, clients, ObjectShots.deletions(Api.S3, NEW, body));
      case LIST -> new Row(LIST, "key", Need.S3, new Driven(Listings.anywhere(Stage.SMALL)));
      default -> throw new IllegalArgumentException("no operation " + operation);
    };
  }

  /** New objects among those that are there; deleted at the end if they are to make room. */
  static Row.Shots puts(boolean makeRoom) {
    return ObjectShots.puts(Api.S3, NEW, Stage.KIB_4, makeRoom);
  }

  private static Row replayed(String name, int clients, Row.Shots shots) {
    return new Row(
        name,
        "request",
        Need.S3,
        new Replayed(clients, false, Math.min(WARM, 250 * clients), MOST, shots));
  }

  /** Reads of random objects. */
  private static Row.Shots reads(String method, long objects, long answerBytes) {
    return new Row.Shots() {
      @Override
      public Magazine load(Stage stage, int count) {
        Loader loader = stage.signed();
        List<Shot> shots = new ArrayList<>();
        for (int i = 0; i < Math.clamp(count, 1, READS); i++) {
          String key = Space.key(stage.random().nextLong(objects));
          shots.add(loader.bodiless(method, "/" + Stage.SMALL + "/" + key, answerBytes));
        }
        return Magazine.forever(shots);
      }

      @Override
      public void sent(Stage stage, int count) {
        // reads use nothing up
      }
    };
  }
}
