package dev.anvil.bench.ageing;

import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.DiskUse;
import dev.anvil.bench.process.MetricsPage;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The program of ageing: {@code Ageing [ENGINE [SECONDS [SEED [DIR]]]]}. Clients change a set of
 * objects that does not grow, with a short retention of the journal, while the server is measured
 * from outside.
 */
public final class Ageing {
  private static final int CLIENTS = 4;
  private static final int SAMPLES = 60;

  private Ageing() {}

  /** A server at one moment. */
  public record Sample(long diskBytes, long rssBytes, long openFiles, long journalEntries) {
    @Override
    public String toString() {
      return "disk %d MiB, RSS %d MiB, %d files, %d journal entries"
          .formatted(diskBytes >> 20, rssBytes >> 20, openFiles, journalEntries);
    }
  }

  /**
   * What was done, and the largest of every figure in each half.
   *
   * @param changes acknowledged
   * @param bytes written
   */
  public record Report(long changes, long bytes, Sample first, Sample second) {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    String engine = args.length > 0 ? args[0] : "xodus";
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 150;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
    Path folder = args.length > 3 ? Path.of(args[3]) : Files.createTempDirectory("anvil-ageing");
    System.out.println(run(engine, Duration.ofSeconds(seconds), seed, folder, System.out));
  }

  /** Runs for so long below a folder. */
  public static Report run(String engine, Duration length, long seed, Path folder, PrintStream out)
      throws IOException {
    ServerCommand command =
        ServerCommand.on(folder.resolve("data"), engine)
            .heap("192m")
            .set("PARTITIONS", "2")
            .set("JOURNAL_RETENTION_SECS", "60")
            .set("JOURNAL_RETENTION_MIB", "1");
    out.println("ageing on " + engine + ", seed " + seed);
    try (ServerProcess server = ServerProcess.start(command, folder.resolve("server.log"))) {
      Deployment deployment = Deployment.create(server, "ageing");
      try (Client client = client(server, deployment)) {
        client.expect(Calls.createBucket(Churn.PLAIN, "unversioned"));
        client.expect(Calls.createBucket(Churn.VERSIONED, "enabled"));
      }
      return run(server, deployment, length, seed, out);
    }
  }

  private static Client client(ServerProcess server, Deployment deployment) throws IOException {
    return new Client(server.publicUrl(), deployment.token(server.publicUrl()));
  }

  private static Report run(
      ServerProcess server, Deployment deployment, Duration length, long seed, PrintStream out)
      throws IOException {
    long end = System.nanoTime() + length.toNanos();
    try (ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<Churn>> all = new ArrayList<>();
      for (int n = 0; n < CLIENTS; n++) {
        int number = n;
        all.add(pool.submit(() -> churn(server, deployment, number, seed, end)));
      }
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < SAMPLES; i++) {
        TimeUnit.NANOSECONDS.sleep(length.toNanos() / SAMPLES);
        samples.add(sample(server));
        out.println(samples.getLast());
      }
      long changes = 0;
      long bytes = 0;
      for (Future<Churn> f : all) {
        changes += f.get().done();
        bytes += f.get().bytes();
      }
      int half = SAMPLES / 2;
      return new Report(
          changes, bytes, most(samples.subList(0, half)), most(samples.subList(half, SAMPLES)));
    } catch (ExecutionException e) {
      throw new IOException("a client failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Churn churn(
      ServerProcess server, Deployment deployment, int number, long seed, long end)
      throws IOException {
    try (Client client = client(server, deployment)) {
      Churn churn = new Churn(client, number, seed);
      while (System.nanoTime() - end < 0) {
        churn.step();
      }
      return churn;
    }
  }

  private static Sample sample(ServerProcess server) throws IOException {
    MetricsPage metrics = server.metrics();
    long files;
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
      files = open.count();
    }
    return new Sample(
        DiskUse.of(server.data()),
        server.sample().rssBytes(),
        files,
        (long) metrics.sum("anvil_journal_retained_entries"));
  }

  private static Sample most(List<Sample> samples) {
    return new Sample(
        most(samples, Sample::diskBytes),
        most(samples, Sample::rssBytes),
        most(samples, Sample::openFiles),
        most(samples, Sample::journalEntries));
  }

  private static long most(List<Sample> samples, ToLongFunction<Sample> figure) {
    return samples.stream().mapToLong(figure).max().orElse(0);
  }
}
