package dev.anvil.bench.replay;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;

/**
 * So many connections, each with one request under way at all times, served by the calling thread:
 * for rates and for what a request costs the server.
 */
public final class ClosedLoop {
  // a server that answers nothing for so long has failed
  private static final long SILENCE_MILLIS = 30_000;

  private final URI endpoint;
  private final int clients;

  /** A loop of so many clients. */
  public ClosedLoop(URI endpoint, int clients) {
    this.endpoint = endpoint;
    this.clients = clients;
  }

  /** Runs until the time is over or the magazine empty; what is under way then is waited for. */
  public Volley run(Magazine magazine, Duration window) throws IOException {
    Tally tally = new Tally();
    Lane.Buffers buffers = new Lane.Buffers();
    Lane[] lanes = new Lane[clients];
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < clients; i++) {
        lanes[i] = new Lane(endpoint, buffers);
        lanes[i].channel().register(selector, SelectionKey.OP_READ, lanes[i]);
      }
      long cpu = threadNanos();
      long began = System.nanoTime();
      long end = began + window.toNanos();
      Turn turn = new Turn(magazine, tally, end);
      for (SelectionKey key : selector.keys()) {
        turn.next((Lane) key.attachment(), key);
      }
      while (turn.underWay > 0) {
        long before = System.nanoTime();
        if (selector.select(turn::serve, SILENCE_MILLIS) == 0
            && System.nanoTime() - before > SILENCE_MILLIS * 900_000) {
          throw new IOException("no answer within " + SILENCE_MILLIS + " ms");
        }
        turn.check();
      }
      double seconds = (Math.max(turn.last, began + 1) - began) / 1e9;
      return tally.volley(seconds, threadNanos() - cpu);
    } finally {
      for (Lane lane : lanes) {
        if (lane != null) {
          lane.close();
        }
      }
    }
  }

  static long threadNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** What is done with a connection that is ready. */
  private static final class Turn {
    private final Magazine magazine;
    private final Tally tally;
    private final long end;
    private int underWay;
    private long last;
    private IOException failed;

    Turn(Magazine magazine, Tally tally, long end) {
      this.magazine = magazine;
      this.tally = tally;
      this.end = end;
    }

    void serve(SelectionKey key) {
      Lane lane = (Lane) key.attachment();
      try {
        if (key.isWritable() && lane.flush()) {
          key.interestOps(SelectionKey.OP_READ);
        }
        if (key.isReadable() && lane.readable()) {
          last = System.nanoTime();
          tally.add(lane, last - lane.began());
          underWay--;
          if (last < end) {
            next(lane, key);
          }
        }
      } catch (IOException e) {
        failed = failed == null ? e : failed;
        underWay--;
        key.cancel();
      }
    }

    void next(Lane lane, SelectionKey key) throws IOException {
      Shot shot = magazine.next();
      if (shot == null) {
        return;
      }
      underWay++;
      if (!lane.send(shot, System.nanoTime())) {
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      }
    }

    void check() throws IOException {
      if (failed != null) {
        throw failed;
      }
    }
  }
}
