package dev.anvil.bench.relations;

import dev.anvil.bench.replay.Loader;
import dev.anvil.bench.wire.Answer;
import dev.anvil.bench.wire.RawHttp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * How long a write takes, from its sending on, until a watcher sees it. A server that does not push
 * is asked again every few milliseconds.
 */
final class WatchDelay implements AutoCloseable {
  private static final int MOST = 200;
  private static final int LEAST = 5;
  private static final int PROBES = 60;
  private static final long PROBE_MILLIS = 500;
  private static final long BOUND_SECONDS = 20;
  private static final long POLL_NANOS = 5_000_000;
  private static final Pattern SEEN = Pattern.compile("event-(\\d+)");

  private final Stand stand;
  private final Talk talk;
  private final BlockingQueue<Integer> seen = new ArrayBlockingQueue<>(10_000);
  private volatile boolean over;
  private volatile Socket socket;
  private Thread thread;

  private WatchDelay(Stand stand) {
    this.stand = stand;
    this.talk = stand.server().talk();
  }

  /**
   * What a watcher waited.
   *
   * @param writes that it saw
   * @param p50 half of them within so many milliseconds
   * @param p99 99 of 100 within so many
   */
  record Delays(long writes, double p50, double p99) {}

  /** Measures for so long. */
  static Delays of(Stand stand, Duration window) throws IOException {
    try (WatchDelay watch = new WatchDelay(stand)) {
      watch.thread = Thread.ofPlatform().daemon().name("watcher").start(watch::follow);
      return watch.run(window);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while watching", e);
    }
  }

  private Delays run(Duration window) throws IOException, InterruptedException {
    Histogram micros = new Histogram(3);
    try (RawHttp http = stand.connect()) {
      // when it watches is not told by all of them: the first that is seen tells it
      int n = 0;
      do {
        write(http, n++);
      } while (seen.poll(PROBE_MILLIS, TimeUnit.MILLISECONDS) == null && n < PROBES);
      long end = System.nanoTime() + window.toNanos();
      for (int i = 0; i < MOST && (i < LEAST || System.nanoTime() < end); i++) {
        int mine = n++;
        long began = System.nanoTime();
        write(http, mine);
        Integer one = seen.poll(BOUND_SECONDS, TimeUnit.SECONDS);
        while (one != null && one != mine) {
          one = seen.poll(BOUND_SECONDS, TimeUnit.SECONDS);
        }
        if (one == null) {
          throw new IOException("the watcher did not see a write within " + BOUND_SECONDS + " s");
        }
        micros.recordValue((System.nanoTime() - began) / 1_000);
      }
    }
    return new Delays(
        micros.getTotalCount(),
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3);
  }

  private void write(RawHttp http, int n) throws IOException {
    Wire.expect(http, talk.write(List.of(stand.fresh("event-" + n))));
  }

  private void follow() {
    try {
      if (talk.pushes()) {
        stream();
      } else {
        poll();
      }
    } catch (IOException e) {
      // closed at the end; one that breaks off earlier is missed by who waits for events
      over = true;
    }
  }

  private void stream() throws IOException {
    URI endpoint = stand.server().endpoint();
    socket = new Socket(endpoint.getHost(), endpoint.getPort());
    socket.setTcpNoDelay(true);
    socket.getOutputStream().write(Loader.whole(endpoint, talk.watch()).head());
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 512);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      note(line);
    }
  }

  private void poll() throws IOException {
    try (RawHttp http = stand.connect()) {
      while (!over) {
        Answer answer = Wire.expect(http, talk.watch());
        talk.watched(answer);
        note(answer.text());
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  private void note(String text) {
    for (Matcher m = SEEN.matcher(text); m.find(); ) {
      seen.add(Integer.parseInt(m.group(1)));
    }
  }

  @Override
  public void close() throws IOException {
    over = true;
    if (socket != null) {
      socket.close();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(BOUND_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
