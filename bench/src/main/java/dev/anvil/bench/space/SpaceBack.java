package dev.anvil.bench.space;

import dev.anvil.bench.history.Payload;
import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.DiskUse;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import dev.anvil.bench.wire.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The program of space that comes back: {@code SpaceBack ENGINE OBJECTS BYTES ROUNDS}. Fills a
 * bucket, overwrites all of it for some rounds, deletes all of it, and after each says what the
 * node takes on disk once that falls no more.
 */
public final class SpaceBack implements AutoCloseable {
  private static final String BUCKET = "space";
  private static final int CLIENTS = 8;
  private static final long LOOK_MILLIS = 500;
  private static final Duration QUIET = Duration.ofMinutes(4);

  /** What a node takes on disk, in bytes. */
  public record Disk(long bodies, long engines) {
    /** Both. */
    public long all() {
      return bodies + engines;
    }

    @Override
    public String toString() {
      return "bodies %.1f MiB, engines %.1f MiB".formatted(bodies / 1048576.0, engines / 1048576.0);
    }
  }

  private final ServerProcess server;
  private final String token;
  private final int objects;
  private final int bytes;
  private long generation;

  /** A server below a folder, with the shortest retention of the journal. */
  public SpaceBack(Path folder, String engine, int objects, int bytes) throws IOException {
    this.objects = objects;
    this.bytes = bytes;
    ServerCommand command =
        ServerCommand.on(folder.resolve("data"), engine)
            .set("PARTITIONS", "2")
            .set("JOURNAL_RETENTION_SECS", "60")
            .set("JOURNAL_RETENTION_MIB", "1");
    server = ServerProcess.start(command, folder.resolve("server.log"));
    token = Deployment.create(server, "space").token(server.publicUrl());
    try (Client client = new Client(server.publicUrl(), token)) {
      client.expect(Calls.createBucket(BUCKET, "unversioned"));
    }
  }

  /** Bytes of all bodies while they are there. */
  public long held() {
    return (long) objects * bytes;
  }

  /** Writes every object anew. */
  public void writeAll() throws IOException {
    long first = generation;
    generation += objects;
    each(n -> Calls.put(BUCKET, "object/" + n, Payload.of(first + n + 1, bytes)));
  }

  /** How many objects are not, byte by byte, what was written last. */
  public long wrong() throws IOException {
    long first = generation - objects;
    AtomicLong wrong = new AtomicLong();
    each(
        n -> Calls.get(BUCKET, "object/" + n),
        (n, answer) -> {
          if (!Arrays.equals(answer.body(), Payload.of(first + n + 1, bytes))) {
            wrong.incrementAndGet();
          }
        });
    return wrong.get();
  }

  /** Deletes every object. */
  public void deleteAll() throws IOException {
    each(n -> Calls.delete(BUCKET, "object/" + n));
  }

  /** One of many requests. */
  private interface Each {
    Request of(int n);
  }

  /** What to do with an answer. */
  private interface Told {
    void answer(int n, Answer answer);
  }

  private void each(Each request) throws IOException {
    each(request, (n, answer) -> {});
  }

  private void each(Each request, Told told) throws IOException {
    try (ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int c = 0; c < CLIENTS; c++) {
        int first = c;
        all.add(pool.submit(() -> share(first, request, told)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a client failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Void share(int first, Each request, Told told) throws IOException {
    try (Client client = new Client(server.publicUrl(), token)) {
      for (int n = first; n < objects; n += CLIENTS) {
        told.answer(n, client.expect(request.of(n)));
      }
    }
    return null;
  }

  /** What the node takes now. */
  public Disk disk() throws IOException {
    return new Disk(
        DiskUse.of(server.data().resolve("bodies/volumes")),
        DiskUse.of(server.data().resolve("bodies/index"))
            + DiskUse.of(server.data().resolve("partitions")));
  }

  /** What it takes once that is at most so much, or after the longest wait. */
  public Disk awaitAtMost(long most, Duration longest) throws IOException {
    long end = System.nanoTime() + longest.toNanos();
    Disk now = disk();
    try {
      while (now.all() > most && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        now = disk();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return now;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** Runs it in a temporary folder. */
  public static void main(String... args) throws IOException {
    Path folder = Files.createTempDirectory("anvil-space-");
    int objects = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[3]);
    try (SpaceBack space = new SpaceBack(folder, args[0], objects, Integer.parseInt(args[2]))) {
      long held = space.held();
      space.writeAll();
      tell("written", held, space);
      for (int round = 0; round < rounds; round++) {
        space.writeAll();
      }
      System.out.println("after the last round: " + space.disk());
      tell("overwritten", held, space);
      space.deleteAll();
      tell("deleted", held, space);
    }
  }

  /** Every half minute, so that one sees how it falls. */
  private static void tell(String what, long held, SpaceBack space) throws IOException {
    Duration step = QUIET.dividedBy(8);
    for (int i = 1; i <= 8; i++) {
      Disk disk = space.awaitAtMost(0, step);
      System.out.printf(
          "%s, %d s later: %s, %.2f times the bodies%n",
          what, i * step.toSeconds(), disk, (double) disk.all() / held);
    }
  }
}
