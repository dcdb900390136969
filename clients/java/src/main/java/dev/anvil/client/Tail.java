package dev.anvil.client;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Records of a stream in order, each once. {@link #hasNext} waits for the next one, and says false
 * once the stream is sealed and read to its end, or this was closed. It holds one page and no
 * connection while nobody waits. One thread reads; any thread may close, which counts within 30
 * seconds.
 */
public final class Tail implements Iterator<AppendStreams.Entry>, AutoCloseable {
  private static final int PAGE = 1_000;

  private final AppendStreams streams;
  private final String key;
  private Iterator<AppendStreams.Entry> page = List.<AppendStreams.Entry>of().iterator();
  private long next;
  private boolean ended;
  private volatile boolean closed;

  Tail(AppendStreams streams, String key, long from) {
    this.streams = streams;
    this.key = key;
    this.next = from;
  }

  @Override
  public boolean hasNext() {
    while (!closed && !ended && !page.hasNext()) {
      AppendStreams.Page read = streams.read(key, next, PAGE, AppendStreams.MOST_WAIT);
      page = read.records().iterator();
      ended = read.records().isEmpty() && read.stream().sealed();
      if (!read.records().isEmpty()) {
        next = read.records().getLast().sequence() + 1;
      }
    }
    return !closed && page.hasNext();
  }

  @Override
  public AppendStreams.Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the stream is sealed, or its tail is closed");
    }
    return page.next();
  }

  @Override
  public void close() {
    closed = true;
  }
}
