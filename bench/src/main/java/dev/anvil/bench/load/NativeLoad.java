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
 * The program of load on the native API: {@code NativeLoad [ENGINE [SECONDS [WARM_UP [HEAP
 * [DIR]]]]]}. Prints a Markdown table of 4 KiB objects at 1, 16 and 64 clients, with what each
 * request costs the server.
 */
public final class NativeLoad {
  private static final int[] CLIENTS = {1, 16, 64};
  private static final int MANY = 64;
  private static final int BODY = 4096;
  private static final Duration SHORT_WARM_UP = Duration.ofSeconds(2);
  private static final String BUCKET = "load";

  private final ServerCommand command;
  private final Path errors;
  private final Pace first;
  private final Pace next;
  private final PrintStream out;

  /**
   * A run.
   *
   * @param first warm-up and measured time of the rows that warm up with many clients; the rows
   *     after them warm up shortly
   */
  public NativeLoad(ServerCommand command, Path errors, Pace first, PrintStream out) {
    this.command = command;
    this.errors = errors;
    this.first = first;
    this.next =
        first.warmUp().compareTo(SHORT_WARM_UP) < 0
            ? first
            : new Pace(SHORT_WARM_UP, first.measured());
    this.out = out;
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    String engine = args.length > 0 ? args[0] : "xodus";
    Duration measured = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 5);
    Duration warmUp = Duration.ofSeconds(args.length > 2 ? Long.parseLong(args[2]) : 18);
    String heap = args.length > 3 ? args[3] : "512m";
    Path folder = args.length > 4 ? Path.of(args[4]) : Files.createTempDirectory("anvil-load");
    ServerCommand command = ServerCommand.on(folder.resolve("data"), engine).heap(heap);
    System.out.println(
        "`NativeLoad "
            + String.join(" ", engine, "" + measured.toSeconds(), "" + warmUp.toSeconds(), heap)
            + "`, "
            + Runtime.getRuntime().availableProcessors()
            + " cores shared by clients and server\n");
    new NativeLoad(command, folder.resolve("server.log"), new Pace(warmUp, measured), System.out)
        .run();
  }

  /** Runs all rows; fails if any request failed. */
  public void run() throws IOException {
    try (ServerProcess server = ServerProcess.start(command, errors)) {
      long firstReady = server.timeToReady().toMillis();
      Deployment deployment = Deployment.create(server, "load");
      String token = deployment.token(server.publicUrl());
      try (Client client = new Client(server.publicUrl(), token)) {
        client.expect(Calls.createBucket(BUCKET, "unversioned"));
      }
      long idle = server.sample().rssBytes();
      long diskBefore = DiskUse.of(command.data());
      out.println(Row.head());
      Keys keys = new Keys(BUCKET, BODY);
      rows(new Load(server, token), keys);
      long busy = server.sample().rssBytes();
      long objects;
      try (Client client = new Client(server.publicUrl(), token)) {
        objects = keys.listed(client);
      }
      deletes(new Load(server, token), keys);
      out.println();
      out.printf(
          Locale.ROOT,
          "ready on an empty folder in %d ms; memory %d MiB idle, %d MiB after the load, %d MiB at"
              + " its peak (%s, -Xmx%s)%n",
          firstReady,
          idle >> 20,
          busy >> 20,
          server.sample().peakRssBytes() >> 20,
          command.engine(),
          command.heap());
      long began = System.nanoTime();
      server.terminate();
      out.printf(Locale.ROOT, "graceful stop %d ms; ", (System.nanoTime() - began) / 1_000_000);
      long disk = DiskUse.of(command.data()) - diskBefore;
      out.printf(
          Locale.ROOT,
          "%,d objects written in all, %,d bytes on disk for each of them%n",
          keys.count(),
          disk / Math.max(1, keys.count()));
      if (objects != keys.count()) {
        throw new IOException("the bucket counts " + objects + " objects of " + keys.count());
      }
    }
    try (ServerProcess again = ServerProcess.start(command, errors)) {
      out.printf("ready on the full folder in %d ms%n", again.timeToReady().toMillis());
      again.terminate();
    }
  }

  private void rows(Load load, Keys keys) throws IOException {
    // what a compiler does in its first seconds is not what a put costs: many clients warm it up
    print(load.run("PUT, warming up", MANY, first, _ -> keys.puts(-1)));
    for (int clients : CLIENTS) {
      print(load.run("PUT c=" + clients, clients, next, _ -> keys.puts(-1)));
    }
    print(load.run("GET, warming up", MANY, first, i -> reads(keys, "GET", i)));
    for (int clients : CLIENTS) {
      print(load.run("GET c=" + clients, clients, next, i -> reads(keys, "GET", i)));
    }
    print(load.run("HEAD c=16", 16, next, i -> reads(keys, "HEAD", i)));
    Row pages =
        load.run("LIST page of 1000, c=1", 1, next, i -> keys.pages(new SplittableRandom(i)));
    print(pages);
    out.printf(
        Locale.ROOT,
        "| - that is %,.0f keys/s, %.2f us a key | | | | | | | | |%n",
        pages.rate() * 1000,
        pages.cpu() / 1000);
  }

  private void deletes(Load load, Keys keys) throws IOException {
    print(
        load.run("DELETE c=16", 16, new Pace(Duration.ZERO, next.measured()), _ -> keys.deletes()));
  }

  private static Load.Source reads(Keys keys, String method, int client) {
    return keys.reads(method, new SplittableRandom(client));
  }

  private void print(Row row) throws IOException {
    out.println(row.line());
    if (row.failures() > 0) {
      throw new IOException(row.failures() + " requests failed in " + row.name());
    }
  }
}
