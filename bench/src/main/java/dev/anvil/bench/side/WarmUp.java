package dev.anvil.bench.side;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A mixture of all operations on a server that has just started, unmeasured: each of the rows by
 * several clients once, then those on small objects and the lists until the time is over. A server
 * compiles in its first seconds what it runs later, and fills its caches.
 */
final class WarmUp {
  private static final Duration TURN = Duration.ofMillis(300);
  private static final int FEWEST = 4;
  private static final int MOST = 16;

  private WarmUp() {}

  /** The rows of a mixture: neither one client nor more than 16. All of them if there is none. */
  static List<Row> mixture(List<Row> rows) {
    List<Row> some =
        rows.stream()
            .filter(row ->
                switch (row.load()) {
                  case Row.Replayed load -> load.clients() >= FEWEST && load.clients() <= MOST;
                  case Row.Driven _ -> true;
                })
            .toList();
    return some.isEmpty() ? rows : some;
  }

  /** Those that come again and again: cheap ones, of the API that all servers have. */
  static List<Row> again(List<Row> mixture) {
    List<Row> some =
        mixture.stream()
            .filter(row -> row.need() != Row.Need.NATIVE)
            .filter(row ->
                row.name().contains("4 KiB") && !row.name().contains("64 KiB")
                    || row.name().startsWith("LIST"))
            .toList();
    return some.isEmpty() ? mixture : some;
  }

  /** Runs rows that the server is able to do for so long; a failure ends it. */
  static void run(Stage stage, List<Row> able, Duration time) throws IOException {
    Measuring warming = new Measuring(TURN);
    List<Row> mixture = mixture(able);
    long end = System.nanoTime() + time.toNanos();
    List<Row> turn = new ArrayList<>(mixture);
    while (!turn.isEmpty()) {
      for (Row row : turn) {
        if (System.nanoTime() > end) {
          return;
        }
        try {
          warming.warm(row, stage);
        } catch (IOException e) {
          throw new IOException("'" + row.name() + "': " + e.getMessage(), e);
        }
      }
      turn = again(mixture);
    }
  }
}
