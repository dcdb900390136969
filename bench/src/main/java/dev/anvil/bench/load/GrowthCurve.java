package dev.anvil.bench.load;

import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.DiskUse;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The program of costs that must not grow: {@code GrowthCurve [ENGINE [HEAP [COUNT...]]]}. Fills a
 * bucket to each count in turn, restarts the server and measures start-up, put, get and one page.
 */
public final class GrowthCurve {
  private static final Pace PACE = new Pace(Duration.ofSeconds(20), Duration.ofSeconds(5));
  private static final int CLIENTS = 16;
  private static final int BODY = 4096;
  private static final String BUCKET = "growth";

  private GrowthCurve() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    String engine = args.length > 0 ? args[0] : "xodus";
    String heap = args.length > 1 ? args[1] : "1g";
    long[] counts = new long[Math.max(0, args.length - 2)];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Long.parseLong(args[i + 2]);
    }
    if (counts.length == 0) {
      counts = new long[] {1_000, engine.equals("rocksdb") ? 1_000_000 : 250_000};
    }
    Path folder = Files.createTempDirectory("anvil-growth");
    ServerCommand command = ServerCommand.on(folder.resolve("data"), engine).heap(heap);
    System.out.println("`GrowthCurve " + engine + " " + heap + "`\n");
    run(command, folder.resolve("server.log"), PACE, System.out, counts);
  }

  /** Runs all counts and prints a table. */
  public static void run(
      ServerCommand command, Path errors, Pace pace, PrintStream out, long... counts)
      throws IOException {
    Keys keys = new Keys(BUCKET, BODY);
    Deployment deployment = null;
    for (long count : counts) {
      long began = System.nanoTime();
      try (ServerProcess server = ServerProcess.start(command, errors)) {
        if (deployment == null) {
          deployment = Deployment.create(server, "growth");
          try (Client client =
              new Client(server.publicUrl(), deployment.token(server.publicUrl()))) {
            client.expect(Calls.createBucket(BUCKET, "unversioned"));
          }
        }
        keys.fill(new Load(server, deployment.token(server.publicUrl())), CLIENTS, count);
        server.terminate();
      }
      out.printf(
          Locale.ROOT,
          "%n%,d objects of 4 KiB (%s, -Xmx%s), filled in %d s%n%n",
          count,
          command.engine(),
          command.heap(),
          (System.nanoTime() - began) / 1_000_000_000);
      measure(command, errors, pace, out, keys, deployment);
    }
  }

  private static void measure(
      ServerCommand command,
      Path errors,
      Pace pace,
      PrintStream out,
      Keys keys,
      Deployment deployment)
      throws IOException {
    long disk = DiskUse.of(command.data());
    long objects = keys.count();
    try (ServerProcess server = ServerProcess.start(command, errors)) {
      long ready = server.timeToReady().toMillis();
      long idle = server.sample().rssBytes();
      Load load = new Load(server, deployment.token(server.publicUrl()));
      out.println(Row.head());
      out.println(
          load.run("GET c=16", CLIENTS, pace, i -> keys.reads("GET", new SplittableRandom(i)))
              .line());
      out.println(
          load.run("LIST page, c=1", 1, pace, i -> keys.pages(new SplittableRandom(i))).line());
      // the puts come last: they make the bucket larger
      out.println(load.run("PUT c=16", CLIENTS, pace, _ -> keys.puts(-1)).line());
      out.printf(
          Locale.ROOT,
          "%nready in %d ms; memory %d MiB at start, %d MiB at the end; %,d bytes on disk an"
              + " object%n",
          ready,
          idle >> 20,
          server.sample().rssBytes() >> 20,
          disk / Math.max(1, objects));
      server.terminate();
    }
  }
}
