package dev.anvil.objects;

import dev.anvil.kernel.ByteRange;
import dev.anvil.objects.sealing.DataKey;
import dev.anvil.objects.sealing.OpeningReader;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.NotFound;
import java.nio.ByteBuffer;
import java.util.Iterator;

/** Reads a range of a run of slices, one open body at a time. */
final class SliceReader implements BodyReader {
  private final BodyStore bodies;
  private final Iterator<BodySlice> slices;
  private final VersionId version;
  private final DataKey key;
  private long skip;
  private long left;
  private BodyReader current;

  SliceReader(
      BodyStore bodies,
      Iterator<BodySlice> slices,
      ByteRange range,
      VersionId version,
      DataKey key) {
    this.key = key;
    this.bodies = bodies;
    this.slices = slices;
    this.version = version;
    this.skip = range.offset();
    this.left = range.length();
  }

  @Override
  public ByteBuffer next() {
    while (true) {
      ByteBuffer bytes = current == null ? null : current.next();
      if (bytes != null) {
        left -= bytes.remaining();
        return bytes;
      }
      close();
      if (left == 0) {
        return null;
      }
      openNext();
    }
  }

  private void openNext() {
    while (slices.hasNext()) {
      BodySlice slice = slices.next();
      if (skip >= slice.length()) {
        skip -= slice.length();
        continue;
      }
      long length = Math.min(slice.length() - skip, left);
      current = open(slice, slice.offset() + skip, length);
      skip = 0;
      return;
    }
    throw new Corrupt("the body of version " + version + " ends " + left + " bytes early");
  }

  private BodyReader open(BodySlice slice, long offset, long length) {
    try {
      return key == null
          ? bodies.open(slice.body(), offset, length)
          : OpeningReader.open(bodies, slice.body(), key, slice.length(), offset, length);
    } catch (NotFound | IllegalArgumentException e) {
      throw new Corrupt(
          "body " + slice.body() + " of version " + version + " is lost: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
