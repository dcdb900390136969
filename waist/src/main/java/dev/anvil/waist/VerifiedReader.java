package dev.anvil.waist;

import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads of an engine's snapshot with every value checked; closes its cursors at the latest. Takes
 * what is known of the state, and opens the snapshot for the first thing that is not.
 */
final class VerifiedReader implements AutoCloseable {
  private final EngineSnapshot snapshot;
  private final Published state;
  private EngineReader below;
  private List<EntryCursor> cursors = List.of();

  /** Of a state of which nothing is remembered. */
  VerifiedReader(EngineReader below) {
    this.snapshot = null;
    this.state = null;
    this.below = below;
  }

  VerifiedReader(EngineSnapshot snapshot, Published state) {
    this.snapshot = snapshot;
    this.state = state;
  }

  private EngineReader below() {
    if (below == null) {
      below = snapshot.reader();
    }
    return below;
  }

  byte[] get(byte[] key) {
    if (state == null) {
      return read(key);
    }
    long revision = state.stamp().revision();
    KnownRecords.Known known = state.known().find(key, revision);
    if (known != null) {
      return known.copy();
    }
    byte[] value = read(key);
    state.known().offer(key, value, revision);
    return value;
  }

  private byte[] read(byte[] key) {
    byte[] stored = below().get(key);
    return stored == null ? null : RecordCheck.open(key, stored);
  }

  <T> T remembered(byte[] key, Function<byte[], T> decode) {
    return state.remembered().get(key, k -> decode.apply(get(k)));
  }

  EntryCursor scan(KeyRange range, Order order) {
    Verified cursor = new Verified(below().scan(range, order));
    if (cursors.isEmpty()) {
      cursors = new ArrayList<>(4);
    }
    cursors.add(cursor);
    return cursor;
  }

  /** Ends cursors that were left open, so that the reader may serve another function. */
  void closeCursors() {
    cursors.forEach(EntryCursor::close);
    cursors = List.of();
  }

  @Override
  public void close() {
    closeCursors();
    if (below != null) {
      below.close();
    }
  }

  private static final class Verified implements EntryCursor {
    private final EntryCursor below;
    private boolean closed;

    Verified(EntryCursor below) {
      this.below = below;
    }

    @Override
    public boolean next() {
      if (closed) {
        throw new IllegalStateException("the cursor is closed");
      }
      return below.next();
    }

    @Override
    public byte[] key() {
      return below.key();
    }

    @Override
    public byte[] value() {
      return RecordCheck.open(below.key(), below.value());
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        below.close();
      }
    }
  }
}
