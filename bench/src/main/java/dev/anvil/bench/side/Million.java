package dev.anvil.bench.side;

import dev.anvil.bench.filling.FillProcess;
import dev.anvil.bench.peers.AnvilContender;
import dev.anvil.bench.process.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Start and list of ours with a thousand objects and with very many, which are filled in without
 * HTTP: both must cost the same.
 */
final class Million {
  private static final String BUCKET = "few";
  private static final int FEW = 1_000;
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Duration CONSUMERS = Duration.ofSeconds(15);
  private static final int ROUNDS = 3;
  // the fill gives up rather than take the run's time
  private static final double LEAST = 2_000;
  private static final double READY_MILLIS = 1_000;
  private static final double MICROS_A_KEY = 2;
  // two runs of the same differ by so much
  private static final double SAME = 1.25;

  private Million() {}

  /** What was found; fewer objects if the filling became too slow or long: the names say so. */
  static List<Extra> run(
      Path folder, String engine, Options.Further asked, long seed, Duration fill)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve("million"));
    try (AnvilContender server = new AnvilContender(own, engine)) {
      server.start();
      Stage stage = new Stage(server, seed);
      stage.space(Stage.SMALL, Stage.KIB_4);
      stage.fill(stage.space(BUCKET, Stage.KIB_4), FEW);
      server.stop();
      double before = Starts.of(server, asked, server::stop).medianMillis();
      server.stop();
      FillProcess.Filled filled =
          FillProcess.run(
              server.data(), engine, Stage.SMALL, 0, asked.million(), Stage.KIB_4, LEAST, fill);
      Starts starts = Starts.of(server, asked, server::stop);
      double ready = starts.medianMillis();
      double resident = starts.medianBytes() / (1 << 20);
      List<Sample> few = new ArrayList<>();
      List<Sample> many = new ArrayList<>();
      lists(server, stage, few, many);
      server.stop();
      String name = server.name();
      String of = String.format(Locale.ROOT, " of %,d objects", filled.objects());
      String ofFew = String.format(Locale.ROOT, " of %,d objects", FEW);
      List<Extra> found = new ArrayList<>();
      found.add(new Extra("start" + ofFew, "ms", name, before, READY_MILLIS));
      found.add(new Extra("start" + of, "ms", name, ready, READY_MILLIS));
      found.add(new Extra("start" + of, "times that" + ofFew, name, ready / before, SAME));
      found.add(new Extra("resident after the start" + of, "MiB", name, resident));
      double least = middle(few);
      double most = middle(many);
      found.add(new Extra("LIST flat" + ofFew, "CPU us a key", name, least, MICROS_A_KEY));
      found.add(new Extra("LIST flat" + of, "CPU us a key", name, most, MICROS_A_KEY));
      found.add(new Extra("LIST flat" + of, "times that" + ofFew, name, most / least, SAME));
      found.add(new Extra("LIST flat" + of, "keys a second", name, many.getLast().rate()));
      found.add(
          new Extra("filling" + of, "objects a second", name, filled.objects() / filled.seconds()));
      return found;
    } finally {
      Shell.run(List.of("rm", "-rf", own.toString()));
    }
  }

  /** In turns, after both have warmed up. */
  private static void lists(AnvilContender server, Stage stage, List<Sample> few, List<Sample> many)
      throws IOException {
    Row small = row("few", BUCKET);
    Row large = row("many", Stage.SMALL);
    Measuring warming = new Measuring(WARM_UP);
    warming.warm(small, stage);
    warming.warm(large, stage);
    server.awaitConsumers(CONSUMERS);
    Measuring measuring = new Measuring(WINDOW);
    for (int round = 0; round < ROUNDS; round++) {
      few.add(good(measuring.run(small, stage, round)));
      many.add(good(measuring.run(large, stage, round)));
    }
  }

  private static Row row(String name, String bucket) {
    return new Row(name, "key", Row.Need.S3, new Row.Driven(Listings.flat(bucket)));
  }

  private static Sample good(Sample sample) throws IOException {
    if (!sample.ok()) {
      throw new IOException("the list of " + sample.row() + " failed: " + sample.failure());
    }
    return sample;
  }

  private static double middle(List<Sample> samples) {
    return samples.stream()
        .mapToDouble(Sample::cpu)
        .sorted()
        .skip(ROUNDS / 2)
        .findFirst()
        .orElse(Double.NaN);
  }
}
