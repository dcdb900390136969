package dev.anvil.bench.side;

import dev.anvil.bench.watch.WatchFanOut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What is measured once at the end of a run, on folders and servers of its own. */
final class Once {
  private static final int WATCHES = 1_000;
  private static final int WRITES = 50;
  private static final Duration WATCH_TIME = Duration.ofSeconds(35);
  private static final Duration MILLION_TIME = Duration.ofSeconds(130);
  // of a million: six starts and their rests, warm-up and lists
  private static final Duration BESIDE_FILLING = Duration.ofSeconds(65);

  private final Options options;
  private final Consumer<String> remarks;
  private final List<Extra> found = new ArrayList<>();

  Once(Options options, Consumer<String> remarks) {
    this.options = options;
    this.remarks = remarks;
  }

  /** About how long it takes. */
  static Duration time(Options options) {
    return (watched(options) ? WATCH_TIME : Duration.ZERO)
        .plus(large(options) ? MILLION_TIME : Duration.ZERO)
        .multipliedBy(options.engines().size());
  }

  private static boolean watched(Options options) {
    return options.rows().matcher("watch").find();
  }

  private static boolean large(Options options) {
    return options.further().million() > 0 && options.rows().matcher("million").find();
  }

  /** Measures; what does not fit into the time becomes a remark. */
  List<Extra> run(long endNanos, PrintStream progress) {
    for (String engine : options.engines()) {
      if (large(options)) {
        progress.println("a million objects, anvil " + engine);
        million(engine, endNanos);
      }
    }
    for (String engine : options.engines()) {
      if (watched(options)) {
        progress.println("watch fan-out, anvil " + engine);
        watches(engine, endNanos);
      }
    }
    return found;
  }

  private void million(String engine, long endNanos) {
    Duration fill = Duration.ofNanos(endNanos - System.nanoTime()).minus(BESIDE_FILLING);
    if (fill.compareTo(BESIDE_FILLING) < 0) {
      remarks.accept("no time was left for many objects on anvil " + engine);
      return;
    }
    try {
      found.addAll(Million.run(options.folder(), engine, options.further(), options.seed(), fill));
    } catch (IOException e) {
      remarks.accept("many objects failed on anvil " + engine + ": " + e.getMessage());
    }
  }

  private void watches(String engine, long endNanos) {
    if (System.nanoTime() > endNanos) {
      remarks.accept("no time was left for watch fan-out on anvil " + engine);
      return;
    }
    try {
      WatchFanOut.Figures figures =
          WatchFanOut.run(
              engine,
              WATCHES,
              WRITES,
              Files.createDirectories(options.folder().resolve("watch-" + engine)),
              new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
      String of = String.format(Locale.ROOT, "watch fan-out, %,d watches: ", figures.watches());
      String name = "anvil " + engine;
      found.add(new Extra(of + "a write to each, p50", "ms", name, figures.p50Micros() / 1e3));
      found.add(new Extra(of + "a write to each, p99", "ms", name, figures.p99Micros() / 1e3));
      found.add(new Extra(of + "memory of an idle one", "bytes", name, figures.bytesEach()));
      found.add(new Extra(of + "all idle", "ms of CPU a second", name, figures.idleCpuMillis()));
    } catch (IOException e) {
      remarks.accept("watch fan-out failed on anvil " + engine + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      remarks.accept("interrupted in watch fan-out");
    }
  }
}
