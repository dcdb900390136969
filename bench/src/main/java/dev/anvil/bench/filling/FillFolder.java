package dev.anvil.bench.filling;

import dev.anvil.bench.history.Payload;
import dev.anvil.objects.VersionDraft;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The program that fills a bucket of a stopped node: {@code FillFolder DATA ENGINE BUCKET FIRST
 * COUNT BYTES LEAST SECONDS}. Objects FIRST to FIRST + COUNT - 1 of {@link NumberedKeys}, each body
 * another. Gives up between two batches once the last five seconds brought fewer than LEAST objects
 * a second, or SECONDS have passed. Its last line is {@code filled N in S s}, N being how many it
 * wrote. It is a process of its own because an engine's cache is of its process.
 */
public final class FillFolder {
  private static final int WRITERS = 3;
  private static final long LOOK_NANOS = 5_000_000_000L;

  private final StoppedNode node;
  private final long first;
  private final long count;
  private final byte[] template;
  private final double least;
  private final double seconds;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final long began = System.nanoTime();
  private long lookedAt = began;
  private long seen;
  private boolean slow;

  private FillFolder(
      StoppedNode node, long first, long count, int bytes, double least, double seconds) {
    this.node = node;
    this.first = first;
    this.count = count;
    this.template = Payload.of(bytes, bytes);
    this.least = least;
    this.seconds = seconds;
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    long filled;
    double seconds;
    try (StoppedNode node = StoppedNode.open(Path.of(args[0]), args[1], args[2])) {
      long began = System.nanoTime();
      filled =
          new FillFolder(
                  node,
                  Long.parseLong(args[3]),
                  Long.parseLong(args[4]),
                  Integer.parseInt(args[5]),
                  Double.parseDouble(args[6]),
                  Double.parseDouble(args[7]))
              .run();
      seconds = (System.nanoTime() - began) / 1e9;
    }
    System.out.printf(Locale.ROOT, "filled %d in %.3f s%n", filled, seconds);
  }

  private long run() throws IOException {
    try (ExecutorService pool = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(pool.submit(this::write));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      return done.get();
    } catch (ExecutionException e) {
      throw new IOException("a batch failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while filling", e);
    }
  }

  /** Batch after batch: one is made while another is being committed. */
  private void write() {
    Stowing stowing = node.stowing();
    while (!tooSlow()) {
      long from = next.getAndAdd(StoppedNode.BATCH);
      int size = (int) Math.min(StoppedNode.BATCH, count - from);
      if (size <= 0) {
        return;
      }
      List<String> keys = new ArrayList<>(size);
      List<byte[]> contents = new ArrayList<>(size);
      for (long n = first + from; n < first + from + size; n++) {
        byte[] content = template.clone();
        ByteBuffer.wrap(content).putLong(n);
        keys.add(NumberedKeys.key(n));
        contents.add(content);
      }
      List<VersionDraft> drafts = stowing.drafts(contents);
      node.put(keys, drafts);
      done.addAndGet(size);
    }
  }

  private synchronized boolean tooSlow() {
    long now = System.nanoTime();
    if (now - lookedAt >= LOOK_NANOS) {
      slow = (done.get() - seen) * 1e9 / (now - lookedAt) < least;
      seen = done.get();
      lookedAt = now;
    }
    return slow || (now - began) / 1e9 > seconds;
  }
}
