package dev.anvil.bench.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The program of watches under kill -9: {@code WatchRounds [ENGINE [SECONDS [KILLS [SEED
 * [DIR]]]]]}. Writers write, watchers come, go, crash and resume, the server is killed and
 * restarted; at the end each watcher's log must be the bucket's versions in commit order. Ends with
 * 1 if one is not.
 */
public final class WatchRounds implements AutoCloseable {
  private static final String BUCKET = "watched";
  private static final int WRITERS = 10;
  private static final int WATCHERS = 50;
  private static final int SECONDS = 120;
  private static final int KILLS = 10;
  private static final long JOIN_SECONDS = 120;

  /** What a run did. */
  public record Report(
      int versions, int acknowledged, int connections, int kills, List<String> faults) {}

  private final ServerCommand command;
  private final Path errors;
  private final long part;
  private final Random random;
  private final PrintStream out;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Site site = new Site();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final List<Writer> writers = new ArrayList<>();
  private final List<Watcher> watchers = new ArrayList<>();
  private final List<Thread> writing = new ArrayList<>();
  private final List<Thread> watching = new ArrayList<>();
  private Deployment deployment;
  private int kills;

  private WatchRounds(
      ServerCommand command, Path errors, long part, Random random, PrintStream out) {
    this.command = command;
    this.errors = errors;
    this.part = part;
    this.random = random;
    this.out = out;
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    String engine = args.length > 0 ? args[0] : "xodus";
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : SECONDS;
    int kills = args.length > 2 ? Integer.parseInt(args[2]) : KILLS;
    long seed = args.length > 3 ? Long.parseLong(args[3]) : System.nanoTime();
    Path folder = args.length > 4 ? Path.of(args[4]) : Files.createTempDirectory("anvil-watch");
    Report report = run(engine, Duration.ofSeconds(seconds), kills, seed, folder);
    report.faults().forEach(System.out::println);
    System.exit(report.faults().isEmpty() ? 0 : 1);
  }

  /** Runs below a folder and prints what it does. */
  public static Report run(String engine, Duration length, int kills, long seed, Path folder)
      throws IOException {
    System.out.println("watch run: engine " + engine + ", seed " + seed);
    try (WatchRounds rounds = on(engine, length, kills, seed, folder)) {
      for (int life = 0; life < kills; life++) {
        rounds.life();
      }
      return rounds.lastLife();
    }
  }

  /** A run whose lives, one more than there are kills, are gone through one by one. */
  public static WatchRounds on(String engine, Duration length, int kills, long seed, Path folder) {
    ServerCommand command = ServerCommand.on(folder.resolve("data"), engine);
    long part = length.toMillis() / (kills + 1);
    return new WatchRounds(
        command, folder.resolve("server.log"), part, new Random(seed), System.out);
  }

  /** A life of the server that ends with kill -9. */
  public void life() throws IOException {
    try (ServerProcess server = start()) {
      rest(part / 2 + random.nextLong(part));
      server.kill();
      kills++;
    }
  }

  /** The last life, at whose end the logs are judged. */
  public Report lastLife() throws IOException {
    try (ServerProcess server = start()) {
      rest(part / 2 + random.nextLong(part));
      return end(server);
    }
  }

  private ServerProcess start() throws IOException {
    ServerProcess server = ServerProcess.start(command, errors);
    boolean done = false;
    try {
      boolean first = deployment == null;
      deployment = first ? Deployment.create(server, "watch") : deployment;
      site.moved(server, deployment);
      if (first) {
        begin();
      }
      done = true;
      return server;
    } finally {
      if (!done) {
        server.close();
      }
    }
  }

  /** Ends clients that still run. */
  @Override
  public void close() {
    stop.set(true);
    watchers.forEach(Watcher::finish);
    http.close();
  }

  private void begin() throws IOException {
    String all;
    String some;
    try (Client client = new Client(site.place().url(), site.place().token())) {
      client.expect(Calls.createBucket(BUCKET, "enabled"));
      all = start(client, "");
      some = start(client, "a/");
    }
    for (int i = 0; i < WRITERS; i++) {
      Writer writer = new Writer(site, BUCKET, random.nextLong(), stop::get);
      writers.add(writer);
      writing.add(Thread.ofVirtual().name("writer-" + i).start(writer));
    }
    for (int i = 0; i < WATCHERS; i++) {
      boolean whole = whole(i);
      Watcher watcher =
          new Watcher(http, site, BUCKET, whole ? "" : "a/", whole ? all : some, random.nextLong());
      watchers.add(watcher);
      watching.add(Thread.ofVirtual().name("watcher-" + i).start(watcher));
    }
  }

  private static boolean whole(int watcher) {
    return watcher % 2 == 0;
  }

  private static String start(Client client, String prefix) throws IOException {
    String target = "/v1/buckets/" + BUCKET + "/watch?wait=0&prefix=" + prefix;
    return Calls.json(client.expect(Request.of("GET", target))).path("cursor").asText();
  }

  private Report end(ServerProcess server) throws IOException {
    stop.set(true);
    join(writing);
    watchers.forEach(Watcher::finish);
    join(watching);
    List<String> all;
    List<String> some;
    try (Client client = new Client(site.place().url(), site.place().token())) {
      all = versions(client, "");
      some = versions(client, "a/");
    }
    List<String> faults = new ArrayList<>();
    int connections = 0;
    for (int i = 0; i < watchers.size(); i++) {
      Watcher watcher = watchers.get(i);
      connections += watcher.connections();
      String fault = watcher.fault();
      if (fault == null) {
        fault = WatchJudge.fault(whole(i) ? all : some, watcher.log());
      }
      if (fault != null) {
        faults.add("watcher " + i + ": " + fault);
      }
    }
    int acknowledged = 0;
    for (Writer writer : writers) {
      acknowledged += writer.acknowledged().size();
      String fault = WatchJudge.lost(all, writer.acknowledged());
      if (fault != null) {
        faults.add(fault);
      }
    }
    server.terminate();
    out.printf(
        "%d versions, %d acknowledged, %d watchers with %d connections, %d kills, %d faults%n",
        all.size(), acknowledged, watchers.size(), connections, kills, faults.size());
    return new Report(all.size(), acknowledged, connections, kills, faults);
  }

  /** Every version and marker in commit order, read from the bucket and not from its journal. */
  private static List<String> versions(Client client, String prefix) throws IOException {
    TreeMap<String, String> sorted = new TreeMap<>();
    String token = null;
    do {
      JsonNode page = Calls.json(client.expect(Calls.versions(BUCKET, prefix, 1_000, token)));
      page.path("versions")
          .forEach(v -> sorted.put(v.path("version").asText(), v.path("key").asText()));
      token = page.path("nextPageToken").asText(null);
    } while (token != null);
    return List.copyOf(sorted.keySet());
  }

  private static void rest(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during a round", e);
    }
  }

  private static void join(List<Thread> threads) throws IOException {
    try {
      for (Thread thread : threads) {
        if (!thread.join(Duration.ofSeconds(JOIN_SECONDS))) {
          throw new IOException(thread.getName() + " does not end");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while clients ended", e);
    }
  }
}
