package dev.anvil.bench.replay;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a fixed rate, whatever the server does: a latency counts from the moment at which its
 * request was due, waiting for a free connection included. One thread sends, one receives. For
 * small requests.
 */
public final class OpenLoop {
  private static final long SILENCE_MILLIS = 30_000;

  private final URI endpoint;
  private final int connections;

  /** A loop over so many connections. */
  public OpenLoop(URI endpoint, int connections) {
    this.endpoint = endpoint;
    this.connections = connections;
  }

  /** Sends at that rate until the time is over or the magazine empty. */
  public Volley run(Magazine magazine, double rate, Duration window) throws IOException {
    BlockingQueue<Lane> idle = new ArrayBlockingQueue<>(connections);
    Lane.Buffers buffers = new Lane.Buffers();
    Lane[] lanes = new Lane[connections];
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        lanes[i] = new Lane(endpoint, buffers);
        lanes[i].channel().register(selector, SelectionKey.OP_READ, lanes[i]);
        idle.add(lanes[i]);
      }
      Receiver receiver = new Receiver(selector, idle);
      Thread thread = Thread.ofPlatform().daemon().name("receiver").start(receiver);
      long cpu = ClosedLoop.threadNanos();
      long began = System.nanoTime();
      try {
        send(magazine, rate, window, idle, receiver);
        double seconds = (System.nanoTime() - began) / 1e9;
        for (int i = 0; i < connections; i++) {
          free(idle, receiver);
        }
        return receiver.tally.volley(seconds, ClosedLoop.threadNanos() - cpu);
      } finally {
        receiver.over = true;
        selector.wakeup();
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted under load", e);
    } finally {
      for (Lane lane : lanes) {
        if (lane != null) {
          lane.close();
        }
      }
    }
  }

  private static void send(
      Magazine magazine, double rate, Duration window, BlockingQueue<Lane> idle, Receiver receiver)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long count = (long) (rate * window.toNanos() / 1e9);
    for (long i = 0; i < count; i++) {
      Shot shot = magazine.next();
      if (shot == null) {
        return;
      }
      long due = start + (long) (i * 1e9 / rate);
      for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
        LockSupport.parkNanos(due - now);
      }
      Lane lane = free(idle, receiver);
      if (!lane.send(shot, due)) {
        throw new IOException("a request too large for an open loop");
      }
    }
  }

  private static Lane free(BlockingQueue<Lane> idle, Receiver receiver)
      throws IOException, InterruptedException {
    for (long waited = 0; waited < SILENCE_MILLIS; waited += 100) {
      Lane lane = idle.poll(100, TimeUnit.MILLISECONDS);
      if (receiver.failed != null) {
        throw receiver.failed;
      }
      if (lane != null) {
        return lane;
      }
    }
    throw new IOException("no answer within " + SILENCE_MILLIS + " ms");
  }

  /** Takes the answers. */
  private static final class Receiver implements Runnable {
    private final Selector selector;
    private final BlockingQueue<Lane> idle;
    private final Tally tally = new Tally();
    private volatile boolean over;
    private volatile IOException failed;

    Receiver(Selector selector, BlockingQueue<Lane> idle) {
      this.selector = selector;
      this.idle = idle;
    }

    @Override
    public void run() {
      try {
        while (!over && failed == null) {
          selector.select(this::serve);
        }
      } catch (IOException e) {
        failed = e;
      }
    }

    private void serve(SelectionKey key) {
      Lane lane = (Lane) key.attachment();
      try {
        if (lane.readable()) {
          tally.add(lane, System.nanoTime() - lane.began());
          idle.add(lane);
        }
      } catch (IOException e) {
        failed = e;
        key.cancel();
      }
    }
  }
}
