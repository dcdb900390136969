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
import java.net.URI;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The program of ageing: {@code Ageing [ENGINE [SECONDS [SEED [DIR]]]]}. Clients change a set of
 * objects that does not grow, and leave some to lifecycles, on a server for which a day passes
 * every ten seconds, with a short retention of the journal; it is measured from outside.
 */
public final class Ageing {
  private static final int CLIENTS = 4;

  /** At most, over the whole length. */
  private static final int SAMPLES = 60;

  /** A bound against hanging: it ends when all is gone. */
  private static final int DAYS_TO_END = 40;

  /** How often the length may pass until enough was written. */
  private static final int PATIENCE = 6;

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
   * @param days that passed for the server
   * @param left objects and uploads that were left to lifecycles
   * @param ended whether, once nobody changed anything, all that lifecycles govern ended by itself
   */
  public record Report(
      long changes, long bytes, long days, long left, boolean ended, Sample first, Sample second) {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    String engine = args.length > 0 ? args[0] : "xodus";
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 150;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : System.nanoTime();
    Path folder = args.length > 3 ? Path.of(args[3]) : Files.createTempDirectory("anvil-ageing");
    System.out.println(run(engine, Duration.ofSeconds(seconds), 0, seed, folder, System.out));
  }

  /**
   * Runs below a folder.
   *
   * @param length at least
   * @param bytes to write at least; a slow machine takes longer for them
   */
  public static Report run(
      String engine, Duration length, long bytes, long seed, Path folder, PrintStream out)
      throws IOException {
    ServerCommand command =
        ServerCommand.on(folder.resolve("data"), engine)
            .heap("192m")
            .by(HastyNode.class)
            .set("PARTITIONS", "2")
            .set("JOURNAL_RETENTION_SECS", "172800")
            .set("JOURNAL_RETENTION_MIB", "1");
    out.println("ageing on " + engine + ", seed " + seed);
    try (ServerProcess server = ServerProcess.start(command, folder.resolve("server.log"))) {
      Deployment deployment = Deployment.create(server, "ageing");
      URI at = server.publicUrl();
      try (Client client = new Client(at, deployment.token(at))) {
        client.expect(Calls.createBucket(Churn.PLAIN, "unversioned"));
        client.expect(Calls.createBucket(Churn.VERSIONED, "enabled"));
      }
      Lifecycles.set(at, deployment, Churn.PLAIN);
      Lifecycles.set(at, deployment, Churn.VERSIONED);
      // signatures and tokens have this machine's date until here
      Files.createFile(HastyNode.sign(server.data()));
      long began = System.nanoTime();
      Totals totals = new Totals(began, length, bytes);
      List<Sample> samples = changes(server, deployment, length, seed, totals, out);
      boolean ended = allEnds(at, deployment, out);
      int half = samples.size() / 2;
      return new Report(
          totals.changes.get(),
          totals.bytes.get(),
          Duration.ofNanos(System.nanoTime() - began).dividedBy(HastyNode.DAY),
          totals.left.get(),
          ended,
          most(samples.subList(0, half)),
          most(samples.subList(half, samples.size())));
    }
  }

  /** Of all clients. */
  private static final class Totals {
    final AtomicLong changes = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong left = new AtomicLong();
    private final long began;
    private final Duration length;
    private final long enough;

    Totals(long began, Duration length, long enough) {
      this.began = began;
      this.length = length;
      this.enough = enough;
    }

    boolean goOn() {
      long passed = System.nanoTime() - began;
      return passed < length.toNanos()
          || bytes.get() <= enough && passed < length.multipliedBy(PATIENCE).toNanos();
    }
  }

  private static List<Sample> changes(
      ServerProcess server,
      Deployment deployment,
      Duration length,
      long seed,
      Totals totals,
      PrintStream out)
      throws IOException {
    try (ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int n = 0; n < CLIENTS; n++) {
        int number = n;
        all.add(
            pool.submit(() -> {
              churn(server, deployment, number, seed, totals);
              return null;
            }));
      }
      List<Sample> samples = new ArrayList<>();
      while (totals.goOn() || samples.size() < 2) {
        TimeUnit.NANOSECONDS.sleep(length.toNanos() / SAMPLES);
        samples.add(sample(server));
        out.println(samples.getLast());
      }
      for (Future<?> f : all) {
        f.get();
      }
      return samples;
    } catch (ExecutionException e) {
      throw new IOException("a client failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void churn(
      ServerProcess server, Deployment deployment, int number, long seed, Totals totals)
      throws IOException {
    try (Churn churn = new Churn(server.publicUrl(), deployment, number, seed)) {
      while (totals.goOn()) {
        long before = churn.bytes();
        churn.step();
        totals.bytes.addAndGet(churn.bytes() - before);
      }
      totals.changes.addAndGet(churn.done());
      totals.left.addAndGet(churn.left());
    }
  }

  /** Whether everything that lifecycles govern is gone some days after the last change. */
  private static boolean allEnds(URI at, Deployment deployment, PrintStream out)
      throws IOException {
    long bound = System.nanoTime() + HastyNode.DAY.multipliedBy(DAYS_TO_END).toNanos();
    try (Churn look = new Churn(at, deployment, CLIENTS, 0)) {
      Lifecycles.Left left = look.leftToLifecycles();
      while (!left.nothing() && System.nanoTime() - bound < 0) {
        out.println("still there: " + left);
        TimeUnit.MILLISECONDS.sleep(HastyNode.DAY.toMillis() / 2);
        left = look.leftToLifecycles();
      }
      return left.nothing();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
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
