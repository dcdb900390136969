package dev.anvil.waist;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.HeldState;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.time.Ticker;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A published state held for a long walk. The partition may take it away between two slices, so
 * that a failed engine can be opened anew however slow the walk is.
 */
final class LongHold implements HeldState {
  private final PartitionId id;
  private final Published state;
  private final Ticker ticker;
  private final Consumer<LongHold> ended;
  private boolean released;
  private boolean reading;
  private boolean revoked;

  LongHold(PartitionId id, Published held, Ticker ticker, Consumer<LongHold> ended) {
    this.id = id;
    this.state = held;
    this.ticker = ticker;
    this.ended = ended;
  }

  @Override
  public PartitionHead head() {
    return state.stamp().head();
  }

  @Override
  public <T> T read(Function<ReadTx, T> slice) {
    begin();
    try (VerifiedReader reader = state.reader()) {
      SnapshotTx tx = new SnapshotTx(reader, state.stamp(), ticker);
      try {
        return slice.apply(tx);
      } finally {
        tx.end();
      }
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    if (released || revoked) {
      throw new Unavailable(
          Unavailable.Reason.STORAGE,
          "the held state of partition " + id + " ended, since the partition failed or closed");
    }
    reading = true;
  }

  private synchronized void end() {
    reading = false;
    if (revoked) {
      release();
    }
  }

  /** The partition takes it away: at once, or when the running slice ends. */
  synchronized void revoke() {
    revoked = true;
    if (!reading) {
      release();
    }
  }

  private void release() {
    if (!released) {
      released = true;
      state.release();
      ended.accept(this);
    }
  }

  @Override
  public synchronized void close() {
    release();
  }
}
