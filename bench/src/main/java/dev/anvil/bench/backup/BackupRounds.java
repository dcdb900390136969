package dev.anvil.bench.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anvil.bench.history.Payload;
import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.RawHttp;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A server under writes is backed up, killed in the middle of the next backup, backed up again
 * after some changes, and restored by a process that is killed too; then every object of the
 * snapshot is compared.
 */
public final class BackupRounds {
  private static final String BUCKET = "docs";
  private static final int CLIENTS = 8;
  private static final int BODY_BYTES = 4_096;
  private static final int CHANGES = 1_000;
  private static final Duration WIRE = Duration.ofSeconds(60);
  private static final Duration BOUND = Duration.ofMinutes(20);
  private static final long LOOK_NANOS = 2_000_000;

  private final Path folder;
  private final String engine;
  private final int objects;
  private final int changes;
  private Deployment deployment;
  private JsonNode full;
  private JsonNode changed;
  private long fullMillis;
  private long changedMillis;
  private int listed;
  private String refusal;

  /** In an empty folder. */
  public BackupRounds(Path folder, String engine, int objects) {
    this.folder = folder;
    this.engine = engine;
    this.objects = objects;
    this.changes = Math.min(CHANGES, objects / 2);
  }

  /**
   * What was measured.
   *
   * @param fullMillis time of the first snapshot, with writes going on
   * @param fullBytes it moved
   * @param changes made before the next snapshot
   * @param changedMillis time of that one
   * @param changedBytes it moved
   * @param compared objects that came back byte-equal
   * @param wrong objects that did not
   * @param snapshotsAfterKill that were listed after the server was killed in a backup
   * @param refusal what a start on the half restored folder said
   */
  public record Figures(
      long fullMillis,
      long fullBytes,
      int changes,
      long changedMillis,
      long changedBytes,
      int compared,
      int wrong,
      int snapshotsAfterKill,
      String refusal) {}

  private ServerCommand command() {
    return ServerCommand.on(folder.resolve("data"), engine)
        .set("BACKUP_TARGET", folder.resolve("backups").toString());
  }

  private ServerProcess start() throws IOException {
    return ServerProcess.start(command(), folder.resolve("server.log"));
  }

  /** Runs it. */
  public Figures run() throws IOException {
    fill();
    backUpUnderLoad();
    backUpChanges();
    killARestore();
    restoreAll();
    return compareAll();
  }

  /** First stage: a server with every object. */
  public void fill() throws IOException {
    try (ServerProcess server = start()) {
      deployment = Deployment.create(server, "tenant");
      try (Client client = client(server)) {
        client.expect(Calls.createBucket(BUCKET, "unversioned"));
      }
      write(server, 0, objects, 0);
      server.terminate();
    }
  }

  /** Then: a backup while others write, some changes, and kill -9 in the next backup. */
  public void backUpUnderLoad() throws IOException {
    try (ServerProcess server = start()) {
      AtomicBoolean stop = new AtomicBoolean();
      Thread load = Thread.ofPlatform().start(() -> load(server, stop));
      long began = System.nanoTime();
      full = backup(server);
      fullMillis = millisSince(began);
      stop.set(true);
      join(load);
      write(server, 0, objects / 4, 1);
      post(server);
      await(() -> list(server).path("running").hasNonNull("id"));
      server.kill();
    }
  }

  /** Then: the first one is still sound, and one of few changes moves little. */
  public void backUpChanges() throws IOException {
    try (ServerProcess server = start()) {
      listed = list(server).path("backups").size();
      verify(server, full.path("id").asText());
      backup(server);
      write(server, 0, changes, 2);
      long began = System.nanoTime();
      changed = backup(server);
      changedMillis = millisSince(began);
      server.terminate();
    }
  }

  /** Then: kill -9 in a restore; returns what a start on the half restored folder says. */
  public String killARestore() throws IOException {
    refusal = killedRestore();
    return refusal;
  }

  /** Then: the restore begun anew, to its end. */
  public void restoreAll() throws IOException {
    restore().waitForEnd();
  }

  /** At last: every object of the restored node, and the figures. */
  public Figures compareAll() throws IOException {
    int wrong = compare();
    return new Figures(
        fullMillis,
        full.path("movedBytes").asLong(),
        changes,
        changedMillis,
        changed.path("movedBytes").asLong(),
        objects,
        wrong,
        listed,
        refusal);
  }

  private static long millisSince(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }

  private Client client(ServerProcess server) throws IOException {
    return new Client(server.publicUrl(), deployment.token(server.publicUrl()));
  }

  private static String key(int n) {
    return "object/%07d".formatted(n);
  }

  private long tag(int n, int generation) {
    return (long) generation * objects + n + 1;
  }

  private void write(ServerProcess server, int from, int to, int generation) throws IOException {
    parallel(c -> {
      try (Client client = client(server)) {
        for (int n = from + c; n < to; n += CLIENTS) {
          client.expect(Calls.put(BUCKET, key(n), Payload.of(tag(n, generation), BODY_BYTES)));
        }
      }
      return null;
    });
  }

  /** One of several clients. */
  private interface Share {
    Object of(int client) throws IOException;
  }

  private static void parallel(Share share) throws IOException {
    try (ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<Object>> all = new ArrayList<>();
      for (int c = 0; c < CLIENTS; c++) {
        int number = c;
        all.add(pool.submit(() -> share.of(number)));
      }
      for (Future<Object> f : all) {
        f.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Writes other keys until told to stop. */
  private void load(ServerProcess server, AtomicBoolean stop) {
    try (Client client = client(server)) {
      for (int n = 0; !stop.get(); n++) {
        client.expect(Calls.put(BUCKET, "load/" + n % 500, Payload.of(n + 1L, BODY_BYTES)));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the load failed while a backup was taken", e);
    }
  }

  private static void join(Thread thread) throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private JsonNode admin(ServerProcess server, String method, String path) throws IOException {
    String credential = Files.readString(server.data().resolve("secrets/admin-credential")).strip();
    try (RawHttp http = new RawHttp(server.managementUrl(), WIRE)) {
      Answer answer =
          http.send(
              Request.of(method, path).header("Authorization", "Bearer " + credential).with(""));
      if (!answer.ok()) {
        throw new IOException(method + " " + path + " was answered " + answer.text());
      }
      return Calls.json(answer);
    }
  }

  private long post(ServerProcess server) throws IOException {
    return admin(server, "POST", "/v1/admin/backups").path("ticket").asLong();
  }

  private JsonNode list(ServerProcess server) throws IOException {
    return admin(server, "GET", "/v1/admin/backups");
  }

  private void verify(ServerProcess server, String id) throws IOException {
    admin(server, "POST", "/v1/admin/backups/" + id + ":verify");
  }

  private JsonNode backup(ServerProcess server) throws IOException {
    long ticket = post(server);
    await(() -> list(server).path("last").path("ticket").asLong() >= ticket);
    JsonNode list = list(server);
    if (list.path("last").hasNonNull("failure")) {
      throw new IOException(list.path("last").path("failure").asText());
    }
    return list.path("backups").path(0);
  }

  /** What may fail while it is looked at. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    long end = System.nanoTime() + BOUND.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("waited " + BOUND + " in vain");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private Path restored() {
    return folder.resolve("restored");
  }

  private RestoreProcess restore() throws IOException {
    return RestoreProcess.start(
        folder.resolve("backups"),
        folder.resolve("data/secrets"),
        restored(),
        engine,
        folder.resolve("restore.log"));
  }

  /** Kills a restore once it has begun to write; returns what a start on the folder then says. */
  private String killedRestore() throws IOException {
    RestoreProcess process = restore();
    await(() -> Files.exists(restored().resolve("partitions/000")) || !process.alive());
    process.kill();
    return ServerProcess.startRefused(
            ServerCommand.on(restored(), engine), folder.resolve("refused.log"))
        .errors();
  }

  private int compare() throws IOException {
    java.util.concurrent.atomic.AtomicInteger wrong =
        new java.util.concurrent.atomic.AtomicInteger();
    try (ServerProcess server =
        ServerProcess.start(ServerCommand.on(restored(), engine), folder.resolve("again.log"))) {
      parallel(c -> {
        try (Client client = client(server)) {
          for (int n = c; n < objects; n += CLIENTS) {
            int generation = n < changes ? 2 : n < objects / 4 ? 1 : 0;
            byte[] bytes = client.expect(Calls.get(BUCKET, key(n))).body();
            if (!java.util.Arrays.equals(bytes, Payload.of(tag(n, generation), BODY_BYTES))) {
              wrong.incrementAndGet();
            }
          }
        }
        return null;
      });
      server.terminate();
    }
    return wrong.get();
  }

  /** {@code ENGINE OBJECTS}: runs it in a temporary folder and prints the figures. */
  public static void main(String... args) throws IOException {
    Path folder = Files.createTempDirectory("anvil-backup-");
    System.out.println(new BackupRounds(folder, args[0], Integer.parseInt(args[1])).run());
    System.out.println("left in " + folder);
  }
}
