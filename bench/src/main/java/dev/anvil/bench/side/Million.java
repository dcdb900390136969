package dev.anvil.bench.side;

import dev.anvil.bench.filling.FillProcess;
import dev.anvil.bench.peers.AnvilContender;
import dev.anvil.bench.process.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Start and list of ours on a folder with very many objects, which is filled without HTTP. */
final class Million {
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration WINDOW = Duration.ofSeconds(4);
  private static final Duration CONSUMERS = Duration.ofSeconds(60);
  // the fill gives up rather than take the run's time
  private static final double LEAST = 2_000;
  private static final double READY_MILLIS = 1_000;
  private static final double MICROS_A_KEY = 2;

  private Million() {}

  /** What was found; fewer objects if the filling became too slow, which the names say. */
  static List<Extra> run(Path folder, String engine, int objects, long seed) throws IOException {
    Path own = Files.createDirectories(folder.resolve("million"));
    try (AnvilContender server = new AnvilContender(own, engine)) {
      server.start();
      Stage stage = new Stage(server, seed);
      stage.space(Stage.SMALL, Stage.KIB_4);
      server.stop();
      FillProcess.Filled filled =
          FillProcess.run(server.data(), engine, Stage.SMALL, 0, objects, Stage.KIB_4, LEAST);
      String of = String.format(Locale.ROOT, " of %,d objects", filled.objects());
      double ready = server.start().toNanos() / 1e6;
      double resident = server.sample().rssBytes() / (double) (1 << 20);
      Row list =
          new Row("LIST flat" + of, "key", Row.Need.S3, new Row.Driven(Listings.flat(Stage.SMALL)));
      new Measuring(WARM_UP).warm(list, stage);
      server.awaitConsumers(CONSUMERS);
      Sample listed = new Measuring(WINDOW).run(list, stage, 0);
      if (!listed.ok()) {
        throw new IOException("the list failed: " + listed.failure());
      }
      server.stop();
      String name = server.name();
      return List.of(
          new Extra("start" + of, "ms", name, ready, READY_MILLIS),
          new Extra("resident after the start" + of, "MiB", name, resident),
          new Extra("LIST flat" + of, "CPU us a key", name, listed.cpu(), MICROS_A_KEY),
          new Extra("LIST flat" + of, "keys a second", name, listed.rate()),
          new Extra("filling" + of, "objects a second", name, filled.objects() / filled.seconds()));
    } finally {
      Shell.run(List.of("rm", "-rf", own.toString()));
    }
  }
}
