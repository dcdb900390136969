package dev.anvil.bench.watch;

import dev.anvil.bench.process.Deployment;
import dev.anvil.bench.process.MetricsPage;
import dev.anvil.bench.process.ProcSample;
import dev.anvil.bench.process.ServerCommand;
import dev.anvil.bench.process.ServerProcess;
import dev.anvil.bench.wire.Calls;
import dev.anvil.bench.wire.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * The program of many watches: {@code WatchFanOut [ENGINE [WATCHES [WRITES [DIR]]]]}. Opens idle
 * watches, samples memory, CPU and wake-ups while other buckets are written, then measures how long
 * a write takes, from its sending on, to reach each of them.
 */
public final class WatchFanOut {
  private static final String BUCKET = "fan";
  private static final String OTHER = "elsewhere";
  private static final int WATCHES = 1_000;
  private static final int WRITES = 50;
  private static final int IDLE_SECONDS = 20;
  private static final int NOISE = 500;
  private static final long BOUND_SECONDS = 60;

  /**
   * What was measured.
   *
   * @param bytesEach resident memory of the server for each idle watch
   * @param idleCpuMillis CPU time of the server in a second of idle watches
   * @param eventWakeups wake-ups for events while only other buckets were written
   * @param p50Micros half of the deliveries took at most so long
   * @param p99Micros 99 of 100 did
   * @param readsEach journal pages read for each write
   */
  public record Figures(
      int watches,
      long bytesEach,
      double idleCpuMillis,
      double eventWakeups,
      long p50Micros,
      long p99Micros,
      double readsEach) {}

  private final ServerProcess server;
  private final Site.Place place;
  private final List<Socket> sockets = new ArrayList<>();
  private final ConcurrentHistogram delays = new ConcurrentHistogram(3);
  private volatile long sent;
  private volatile CountDownLatch arrived;

  private WatchFanOut(ServerProcess server, Site.Place place) {
    this.server = server;
    this.place = place;
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String engine = args.length > 0 ? args[0] : "xodus";
    int watches = args.length > 1 ? Integer.parseInt(args[1]) : WATCHES;
    int writes = args.length > 2 ? Integer.parseInt(args[2]) : WRITES;
    Path folder = args.length > 3 ? Path.of(args[3]) : Files.createTempDirectory("anvil-fan");
    run(engine, watches, writes, folder, System.out);
  }

  /** Runs below a folder. */
  public static Figures run(String engine, int watches, int writes, Path folder, PrintStream out)
      throws IOException, InterruptedException {
    ServerCommand command = ServerCommand.on(folder.resolve("data"), engine);
    try (ServerProcess server = ServerProcess.start(command, folder.resolve("server.log"))) {
      Site site = new Site();
      site.moved(server, Deployment.create(server, "fan"));
      Figures figures = new WatchFanOut(server, site.place()).run(watches, writes);
      out.println(figures);
      return figures;
    }
  }

  private Figures run(int watches, int writes) throws IOException, InterruptedException {
    // the second connects once the watches have idled: a connection that waited would be cut
    try (Client first = new Client(place.url(), place.token());
        Client client = new Client(place.url(), place.token())) {
      first.expect(Calls.createBucket(BUCKET, "unversioned"));
      first.expect(Calls.createBucket(OTHER, "unversioned"));
      // warmed up, so that what is measured is the watches
      write(first, OTHER, NOISE);
      long before = server.sample().rssBytes();
      open(watches);
      ProcSample idle = server.sample();
      MetricsPage quiet = server.metrics();
      TimeUnit.SECONDS.sleep(IDLE_SECONDS);
      double cpu = (server.sample().cpuMicros() - idle.cpuMicros()) / 1e3 / IDLE_SECONDS;
      write(client, OTHER, NOISE);
      double woken = wakeups(server.metrics()) - wakeups(quiet);
      double reads = reads(server.metrics());
      for (int i = 0; i < writes; i++) {
        arrived = new CountDownLatch(watches);
        sent = System.nanoTime();
        write(client, BUCKET, 1);
        if (!arrived.await(BOUND_SECONDS, TimeUnit.SECONDS)) {
          throw new IOException(arrived.getCount() + " watches did not see write " + i);
        }
      }
      return new Figures(
          watches,
          (idle.rssBytes() - before) / watches,
          cpu,
          woken,
          delays.getValueAtPercentile(50),
          delays.getValueAtPercentile(99),
          (reads(server.metrics()) - reads) / writes);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static double wakeups(MetricsPage page) {
    return page.sum("anvil_watch_wakeups_total{reason=\"event\"}");
  }

  private static double reads(MetricsPage page) {
    return page.sum("anvil_watch_journal_reads_total");
  }

  private static void write(Client client, String bucket, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      client.expect(Calls.put(bucket, "k" + i, new byte[100]));
    }
  }

  private void open(int watches) throws IOException, InterruptedException {
    CountDownLatch opened = new CountDownLatch(watches);
    for (int i = 0; i < watches; i++) {
      Socket socket = new Socket(place.url().getHost(), place.url().getPort());
      sockets.add(socket);
      String head =
          "GET /v1/buckets/"
              + BUCKET
              + "/watch HTTP/1.1\r\n"
              + "Host: x\r\n"
              + "Accept: application/x-ndjson\r\n"
              + "Authorization: Bearer "
              + place.token()
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      Thread.ofVirtual().start(() -> read(socket, opened));
    }
    if (!opened.await(BOUND_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException(opened.getCount() + " watches did not open");
    }
  }

  private void read(Socket socket, CountDownLatch opened) {
    boolean first = true;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 512)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("\"type\":\"change\"")) {
          delays.recordValue((System.nanoTime() - sent) / 1_000);
          arrived.countDown();
        } else if (first && line.contains("\"type\":\"heartbeat\"")) {
          first = false;
          opened.countDown();
        }
      }
    } catch (IOException e) {
      // closed at the end of the run; a watch that breaks off earlier is missed by its latch
      opened.countDown();
    }
  }
}
