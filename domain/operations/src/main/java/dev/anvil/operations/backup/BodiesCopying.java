package dev.anvil.operations.backup;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.NotFound;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Copies bodies in the order of their names, sharing those that the snapshot before has. */
final class BodiesCopying implements AutoCloseable {
  private final BodyStore bodies;
  private final Iterator<BodyEntry> before;
  private final PackWriter packs;
  private final ListWriter<BodyEntry> list;
  private BodyEntry candidate;
  private BodyId body;
  private long size;
  private long left;
  private List<BlobRef> pieces;
  private BodyReader in;
  private ByteBuffer some;
  private long count;
  private long bytes;
  private long damaged;

  BodiesCopying(
      BodyStore bodies, Iterator<BodyEntry> before, PackWriter packs, ListWriter<BodyEntry> list) {
    this.bodies = bodies;
    this.before = before;
    this.packs = packs;
    this.list = list;
  }

  /** Begins with the body; one at a time. */
  void begin(BodyId id) {
    BodyEntry shared = shared(id);
    if (shared != null) {
      end(shared);
      return;
    }
    body = id;
    size = bodies.size(id);
    pieces = new ArrayList<>();
    left = size;
    if (size < 0) {
      giveUp();
    }
  }

  /** Whether {@link #step} must be called before the next may begin. */
  boolean busy() {
    return body != null;
  }

  /** Copies up to so many bytes of the body; returns how many. */
  long step(long budget) {
    long before = left;
    try {
      if (in == null) {
        in = bodies.open(body, 0, size);
        some = in.next();
      }
      while (left > 0 && before - left < budget) {
        piece();
      }
      long copied = before - left;
      if (left == 0) {
        close();
        end(new BodyEntry(body, size, List.copyOf(pieces)));
        body = null;
      }
      return copied;
    } catch (Corrupt | NotFound e) {
      // the snapshot goes on, says so, and keeps everything else
      giveUp();
      return before - left;
    }
  }

  private void giveUp() {
    close();
    end(new BodyEntry(body, -1, List.of()));
    body = null;
  }

  private void end(BodyEntry entry) {
    list.add(entry, Keys.hash(entry.id().bytes()));
    count++;
    if (entry.damaged()) {
      damaged++;
    } else {
      bytes += entry.size();
    }
  }

  private BodyEntry shared(BodyId id) {
    while (candidate == null || candidate.id().compareTo(id) < 0) {
      if (!before.hasNext()) {
        return null;
      }
      candidate = before.next();
    }
    return candidate.id().equals(id) && !candidate.damaged() ? candidate : null;
  }

  private void piece() {
    byte[] piece = new byte[(int) Math.min(left, BackupLimits.PIECE_BYTES)];
    int filled = 0;
    while (filled < piece.length) {
      if (some == null) {
        throw new Corrupt("a body ends before its size");
      }
      int n = Math.min(some.remaining(), piece.length - filled);
      some.get(piece, filled, n);
      filled += n;
      some = some.hasRemaining() ? some : in.next();
    }
    pieces.add(packs.add(piece, BackupFiles.sha256(piece), false));
    left -= piece.length;
  }

  @Override
  public void close() {
    if (in != null) {
      in.close();
      in = null;
    }
  }

  Manifest.BodiesPart part() {
    return new Manifest.BodiesPart(count, bytes, damaged, list.finish());
  }
}
