package dev.anvil.waist;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WaistLimits;
import dev.anvil.ports.time.Ticker;
import java.util.function.Function;

/** Reads of one published snapshot, refused once the snapshot is held too long. */
final class SnapshotTx implements ReadTx {
  private static final long BOUND = WaistLimits.MAX_READ.toNanos();

  private final VerifiedReader reader;
  private final Stamp stamp;
  private final Ticker ticker;
  private final long began;
  private boolean ended;

  SnapshotTx(VerifiedReader reader, Stamp stamp, Ticker ticker) {
    this.reader = reader;
    this.stamp = stamp;
    this.ticker = ticker;
    this.began = ticker.nanos();
  }

  @Override
  public byte[] get(byte[] key) {
    check();
    return reader.get(key);
  }

  @Override
  public <T> T remembered(byte[] key, Function<byte[], T> decode) {
    check();
    return reader.remembered(key, decode);
  }

  @Override
  public EntryCursor scan(KeyRange range, Order order) {
    check();
    return new Bounded(reader.scan(range, order));
  }

  @Override
  public long revision() {
    return stamp.revision();
  }

  @Override
  public long cursor() {
    return stamp.cursor();
  }

  void end() {
    ended = true;
  }

  private void check() {
    if (ended) {
      throw new IllegalStateException("the transaction ended with its function");
    }
    if (ticker.nanos() - began > BOUND) {
      throw new Unavailable(
          Unavailable.Reason.TIMEOUT,
          "a read lasted longer than "
              + WaistLimits.MAX_READ.toSeconds()
              + " s; long walks go on in a new read from the last key");
    }
  }

  private final class Bounded implements EntryCursor {
    private final EntryCursor below;

    Bounded(EntryCursor below) {
      this.below = below;
    }

    @Override
    public boolean next() {
      check();
      return below.next();
    }

    @Override
    public byte[] key() {
      return below.key();
    }

    @Override
    public byte[] value() {
      check();
      return below.value();
    }

    @Override
    public void close() {
      if (!ended) {
        below.close();
      }
    }
  }
}
